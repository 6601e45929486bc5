package io.github.wasmspring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class CompiledCodeStoreTest {

  private static final long MANY = 1 << 20;
  private static final CompiledCodeKey KEY = key("a");
  private static final byte[] CODE = code(1, 300);

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(CompiledCodeStore.class);

  @TempDir private Path parent;

  private static CompiledCodeKey key(String digest) {
    return new CompiledCodeKey(digest, "variant");
  }

  private static byte[] code(long seed, int length) {
    byte[] code = new byte[length];
    new Random(seed).nextBytes(code);
    return code;
  }

  @BeforeEach
  void listen() {
    this.log.start();
    this.logger.setLevel(Level.WARN);
    this.logger.setAdditive(false);
    this.logger.addAppender(this.log);
  }

  @AfterEach
  void stopListening() {
    this.logger.detachAppender(this.log);
    this.logger.setAdditive(true);
    this.logger.setLevel(null);
  }

  private Path directory() {
    return this.parent.resolve("deep/cache");
  }

  private CompiledCodeStore store() {
    return store(MANY);
  }

  private CompiledCodeStore store(long maxBytes) {
    return new CompiledCodeStore(directory(), maxBytes);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.toList();
    }
  }

  private Path onlyFile() throws IOException {
    assertThat(files()).hasSize(1);
    return files().get(0);
  }

  private List<String> warnings() {
    return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void whatOneStoreKeepsAnotherFinds() {
    store().store(KEY, CODE);

    CompiledCodeStore other = store();
    assertThat(other.find(KEY)).isEqualTo(CODE);
    assertThat(other.status())
        .extracting(
            CompiledCodeStoreStatus::entries,
            CompiledCodeStoreStatus::hits,
            CompiledCodeStoreStatus::misses,
            CompiledCodeStoreStatus::failures,
            CompiledCodeStoreStatus::problem)
        .containsExactly(1L, 1L, 0L, 0L, null);
  }

  @Test
  void anotherModuleOrAnotherVariantIsAMiss() {
    CompiledCodeStore store = store();
    store.store(KEY, CODE);

    assertThat(store.find(key("b"))).isNull();
    assertThat(store.find(new CompiledCodeKey("a", "other variant"))).isNull();
    assertThat(store.status().misses()).isEqualTo(2);
  }

  @Test
  void aDigestIsNeverPartOfAPath() throws IOException {
    CompiledCodeKey hostile = key("../../../outside/\0");
    CompiledCodeStore store = store();

    store.store(hostile, CODE);

    assertThat(store.find(hostile)).isEqualTo(CODE);
    assertThat(onlyFile().getParent().toRealPath()).isEqualTo(directory().toRealPath());
  }

  @Test
  void noFlippedBitGoesUnnoticed() throws IOException {
    store().store(KEY, CODE);
    Path file = onlyFile();
    byte[] good = Files.readAllBytes(file);
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(CodeFile.read(KEY, bad)).as("bit %d", bit).isNull();
    }
    assertThat(CodeFile.read(KEY, good)).isEqualTo(CODE);
  }

  @Test
  void noMissingOrSurplusByteGoesUnnoticed() throws IOException {
    store().store(KEY, CODE);
    byte[] good = Files.readAllBytes(onlyFile());
    for (int length = 0; length < good.length + 40; length++) {
      if (length != good.length) {
        assertThat(CodeFile.read(KEY, Arrays.copyOf(good, length))).isNull();
      }
    }
  }

  @Test
  void theFileOfAnotherModuleIsNotTaken() throws IOException {
    CompiledCodeStore store = store();
    store.store(KEY, CODE);
    Files.copy(onlyFile(), directory().resolve(key("b").fileName()));

    assertThat(store.find(key("b"))).isNull();
    assertThat(store.find(KEY)).isEqualTo(CODE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 60, 200, 379})
  void aDamagedFileIsReportedAndDeleted(int length) throws IOException {
    CompiledCodeStore store = store();
    store.store(KEY, CODE);
    Path file = onlyFile();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

    assertThat(store.find(KEY)).isNull();
    assertThat(file).doesNotExist();
    assertThat(store.status().failures()).isEqualTo(1);
    assertThat(warnings()).singleElement().asString().contains("it is damaged", file.toString());

    store.store(KEY, CODE);
    assertThat(store.find(KEY)).isEqualTo(CODE);
  }

  @Test
  void theLeastRecentlyUsedGoFirst() throws IOException {
    long room = 3 * CodeFile.size(300);
    CompiledCodeStore store = store(room);
    Instant past = Instant.now().minus(Duration.ofDays(3));
    for (String digest : List.of("a", "b", "c")) {
      store.store(key(digest), CODE);
      past = past.plus(Duration.ofHours(1));
      Files.setLastModifiedTime(directory().resolve(key(digest).fileName()), FileTime.from(past));
    }
    store.find(key("a"));

    store.store(key("d"), CODE);

    assertThat(store.find(key("b"))).isNull();
    assertThat(Stream.of("a", "c", "d")).allMatch(digest -> store.find(key(digest)) != null);
    assertThat(store.status().evictions()).isEqualTo(1);
    assertThat(store.status().bytes()).isEqualTo(room);
  }

  @Test
  void whatNeverFitsIsNotKeptAndEvictsNothing() {
    CompiledCodeStore store = store(CodeFile.size(300));
    store.store(KEY, CODE);

    store.store(key("big"), code(2, 301));

    assertThat(store.find(key("big"))).isNull();
    assertThat(store.find(KEY)).isEqualTo(CODE);
    assertThat(store.status().evictions()).isZero();
  }

  @Test
  void whatWasLeftHalfWrittenIsDeletedAtTheStartAndWithTheNextFile() throws IOException {
    CompiledCodeStore store = store();
    Path before = Files.createFile(directory().resolve("write-1.tmp"));
    store.store(KEY, CODE);
    assertThat(before).doesNotExist();

    Path meanwhile = Files.createFile(directory().resolve("write-2.tmp"));
    assertThat(store().find(KEY)).isEqualTo(CODE);
    assertThat(meanwhile).doesNotExist();
  }

  @Test
  void whatSomebodyIsWritingIsLeftAloneAndWhatIsForeignToo() throws IOException {
    CompiledCodeStore store = store(CodeFile.size(300));
    Path held = Files.createFile(directory().resolve("write-1.tmp"));
    Path foreign = Files.write(directory().resolve("notes.txt"), new byte[5000]);
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Files.setLastModifiedTime(foreign, yesterday);

    try (FileChannel channel = FileChannel.open(held, StandardOpenOption.WRITE)) {
      assertThat(channel.lock()).isNotNull();
      store.store(KEY, CODE);
      store.store(key("b"), CODE);
      store.clear();
      assertThat(files()).containsExactlyInAnyOrder(held, foreign);
    }
    store();
    assertThat(files()).containsExactly(foreign);
  }

  /** Where there are no locks, nobody writes for an hour. */
  @Test
  void whatIsOldIsDeletedInAnyCase() throws IOException {
    store();
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    Path held = Files.createFile(directory().resolve("write-1.tmp"));
    Path probe = Files.createFile(directory().resolve("probe-1.tmp"));
    Path young = Files.createFile(directory().resolve("probe-2.tmp"));
    Files.setLastModifiedTime(held, yesterday);
    Files.setLastModifiedTime(probe, yesterday);
    try (FileChannel channel = FileChannel.open(held, StandardOpenOption.WRITE)) {
      assertThat(channel.lock()).isNotNull();
      store();
    }
    assertThat(files()).containsExactly(young);
  }

  @Test
  void whatOthersWriteAtTheSameTimeIsNotTakenForAbandoned() throws Exception {
    CompiledCodeStore store = store();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        CompiledCodeKey key = key("w" + writer);
        writers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    store.store(key, CODE);
                  }
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.status())
        .extracting(CompiledCodeStoreStatus::entries, CompiledCodeStoreStatus::failures)
        .containsExactly(4L, 0L);
    assertThat(files()).hasSize(4);
  }

  @Test
  void invalidatingTakesAllVariantsOfOneModule() {
    CompiledCodeStore store = store();
    store.store(KEY, CODE);
    store.store(new CompiledCodeKey("a", "other variant"), CODE);
    store.store(key("b"), CODE);

    store.invalidate("a");

    assertThat(store.find(KEY)).isNull();
    assertThat(store.find(key("b"))).isEqualTo(CODE);
    assertThat(store.status().entries()).isEqualTo(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void directoryAndFilesAreForTheirOwnerAlone() throws IOException {
    store().store(KEY, CODE);

    assertThat(permissions(directory())).isEqualTo("rwx------");
    assertThat(permissions(directory().getParent())).isEqualTo("rwx------");
    assertThat(permissions(onlyFile())).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  @DisabledOnOs(OS.WINDOWS)
  void aDirectoryThatOthersCanWriteToIsNotUsed(String permissions) throws IOException {
    store().store(KEY, CODE);
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString(permissions));

    CompiledCodeStore store = store();
    store.store(key("b"), CODE);

    assertThat(store.find(KEY)).isNull();
    assertThat(store.status().problem()).contains("can be written by others", "chmod go-w");
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains(directory().toString(), "wasm.cache.directory", "chmod go-w");
    assertThat(files()).hasSize(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatOthersCanWriteToIsNotUsed() throws IOException {
    CompiledCodeStore store = store();
    store.store(KEY, CODE);
    Files.setPosixFilePermissions(
        onlyFile(), Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OTHERS_WRITE));

    assertThat(store.find(KEY)).isNull();
    assertThat(store.status().failures()).isEqualTo(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkToAFileIsNotFollowed() throws IOException {
    CompiledCodeStore store = store();
    store.store(KEY, CODE);
    Path elsewhere = Files.move(onlyFile(), this.parent.resolve("elsewhere"));
    Files.createSymbolicLink(directory().resolve(KEY.fileName()), elsewhere);

    assertThat(store.find(KEY)).isNull();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theDirectoryOfAnotherUserIsNotUsed() throws IOException {
    store().store(KEY, CODE);
    UserPrincipal nobody =
        directory().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try {
      Files.setOwner(directory(), nobody);
    } catch (IOException notAllowed) {
      assumeThat(false).as("only root can give files away").isTrue();
    }

    CompiledCodeStore store = store();

    assertThat(store.find(KEY)).isNull();
    assertThat(store.status().problem()).contains("belongs to nobody");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsReported() throws IOException {
    Files.createDirectories(directory().getParent());
    Files.createFile(directory());

    CompiledCodeStore store = store();
    store.store(KEY, CODE);
    store.clear();
    store.invalidate("a");

    assertThat(store.find(KEY)).isNull();
    assertThat(store.status().problem()).isEqualTo("it is not a directory");
  }

  @Test
  void aDirectoryThatCanNoLongerBeWrittenToIsReportedOnce() throws IOException {
    CompiledCodeStore store = store();
    Files.delete(directory());

    store.store(KEY, CODE);
    store.store(key("b"), CODE);

    assertThat(store.find(KEY)).isNull();
    assertThat(store.status().failures()).isGreaterThanOrEqualTo(2);
    assertThat(warnings()).singleElement().asString().contains("Could not write");
  }

  @Test
  void threadsMayWriteReadEvictAndDeleteTheSame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        CompiledCodeStore store = store(4 * CodeFile.size(2000));
        Random random = new Random(thread);
        runs.add(threads.submit(() -> hammer(store, random)));
      }
      int found = 0;
      for (Future<Integer> run : runs) {
        found += run.get();
      }
      assertThat(found).isPositive();
    } finally {
      threads.shutdownNow();
    }
    assertThat(warnings()).isEmpty();
    assertThat(store().status().bytes()).isLessThanOrEqualTo(4 * CodeFile.size(2000));
  }

  private static int hammer(CompiledCodeStore store, Random random) {
    int found = 0;
    for (int i = 0; i < 300; i++) {
      int which = random.nextInt(8);
      CompiledCodeKey key = key("module " + which);
      switch (random.nextInt(8)) {
        case 0 -> store.invalidate(key.digest());
        case 1, 2, 3 -> store.store(key, code(which, 1000 + 100 * which));
        default -> {
          byte[] code = store.find(key);
          if (code != null) {
            assertThat(code).isEqualTo(code(which, 1000 + 100 * which));
            found++;
          }
        }
      }
    }
    assertThat(store.status().failures()).isZero();
    return found;
  }
}
