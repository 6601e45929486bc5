package io.github.wasmspring.internal.plugin;

import static io.github.wasmspring.internal.plugin.StoredPlugins.NOW;
import static io.github.wasmspring.internal.plugin.StoredPlugins.bytes;
import static io.github.wasmspring.internal.plugin.StoredPlugins.plugin;
import static io.github.wasmspring.internal.plugin.StoredPlugins.revision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.wasmspring.internal.file.PrivateDirectory;
import io.github.wasmspring.internal.plugin.PluginStore.HeldBlob;
import io.github.wasmspring.plugin.WasmPluginOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins on a disk. */
class PluginStoreTest {

  @TempDir private Path parent;

  private Path directory() {
    return this.parent.resolve("plugins");
  }

  private PluginStore open() throws IOException {
    return PluginStore.open(directory());
  }

  private static void put(PluginStore store, StoredPlugin plugin, long seed) throws IOException {
    HeldBlob held = store.hold(plugin.current().digest(), bytes(seed));
    try {
      store.save(plugin);
    } finally {
      held.close();
    }
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(directory().resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String blob(long seed) {
    return revision(1, seed).digest().substring(7) + ".wasm";
  }

  @Test
  void whatWasStoredIsThereAfterTheNextStart() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      put(store, plugin("Fees.v2_x-y", 2), 2);
    }
    try (PluginStore store = open()) {
      assertThat(store.plugins())
          .isEqualTo(
              Map.of("prices", plugin("prices", 1), "Fees.v2_x-y", plugin("Fees.v2_x-y", 2)));
      assertThat(store.read(revision(1, 2).digest(), revision(1, 2).size())).isEqualTo(bytes(2));
      assertThat(store.damaged()).isEmpty();
    }
  }

  @Test
  void bytesGoWithTheLastThatHasThem() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("one", 1), 1);
      put(store, plugin("other", 1), 1);
      assertThat(files("blobs")).containsExactly(blob(1));
      store.delete("one");
      assertThat(files("blobs")).containsExactly(blob(1));
      store.delete("other");
      assertThat(files("blobs")).isEmpty();
      assertThat(files("plugins")).isEmpty();
    }
  }

  @Test
  void bytesOfRevisionsThatAreForgottenGo() throws IOException {
    try (PluginStore store = open()) {
      StoredPlugin plugin = plugin("prices", 1);
      put(store, plugin, 1);
      for (int number = 2; number <= 5; number++) {
        plugin = plugin.activate(revision(number, number), NOW).atMost(2);
        put(store, plugin, number);
      }
      assertThat(files("blobs")).containsExactlyInAnyOrder(blob(4), blob(5));
    }
  }

  @Test
  void bytesThatAreHeldStayAndGoWithWhoHeldThem() throws IOException {
    try (PluginStore store = open()) {
      HeldBlob first = store.hold(revision(1, 1).digest(), bytes(1));
      HeldBlob second = store.hold(revision(1, 1).digest(), bytes(1));
      put(store, plugin("other", 2), 2);
      first.close();
      assertThat(files("blobs")).contains(blob(1));
      second.close();
      assertThat(files("blobs")).containsExactly(blob(2));
    }
  }

  @Test
  void damagedBytesAreReplacedByTheSameIntact() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      Files.write(directory().resolve("blobs").resolve(blob(1)), new byte[7]);
      assertThat(store.has(revision(1, 1).digest(), revision(1, 1).size())).isFalse();
      store.hold(revision(1, 1).digest(), bytes(1)).close();
      assertThat(store.read(revision(1, 1).digest(), revision(1, 1).size())).isEqualTo(bytes(1));
    }
  }

  @Test
  void whatAProcessLeftThatDiedIsClearedAway() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
    }
    Files.write(directory().resolve("blobs/write-1234.tmp"), new byte[100]);
    Files.write(directory().resolve("plugins/write-1234.tmp"), new byte[100]);
    Files.write(directory().resolve("blobs").resolve(blob(3)), bytes(3));
    open().close();
    assertThat(files("blobs")).containsExactly(blob(1));
    assertThat(files("plugins")).containsExactly("prices.json");
  }

  @Test
  void oneThatIsDamagedHarmsNoOther() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("good", 1), 1);
      put(store, plugin("bad", 2), 2);
    }
    Files.writeString(directory().resolve("plugins/bad.json"), "{\"format\":1");
    try (PluginStore store = open()) {
      assertThat(store.plugins()).containsOnlyKeys("good");
      assertThat(store.damaged()).containsOnlyKeys("bad");
      assertThat(store.damaged().get("bad"))
          .contains("plugins/bad.json", "it is not JSON", "restore it from a backup");
      put(store, plugin("another", 3), 3);
      assertThat(files("blobs")).as("it may be restored").contains(blob(2));
      store.delete("bad");
      assertThat(files("blobs")).doesNotContain(blob(2));
    }
  }

  @Test
  void bytesThatOnlyThisProcessHadGoAlsoIfAnotherIsDamaged() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("bad", 2), 2);
    }
    Files.writeString(directory().resolve("plugins/bad.json"), "{");
    try (PluginStore store = open()) {
      store.hold(revision(1, 7).digest(), bytes(7)).close();
      assertThat(files("blobs")).containsExactly(blob(2));
      store.hold(revision(1, 2).digest(), bytes(2)).close();
      assertThat(files("blobs")).containsExactly(blob(2));
      put(store, plugin("prices", 1), 1);
      store.delete("prices");
      assertThat(files("blobs")).containsExactly(blob(2));
    }
  }

  /** The file is there then, whatever becomes of it without power. */
  @Test
  void whatIsInItsPlaceIsStored() throws IOException {
    AtomicBoolean broken = new AtomicBoolean();
    PluginStore.Writer writer =
        new PluginStore.Writer() {
          @Override
          public void write(PrivateDirectory directory, String name, ByteBuffer content)
              throws IOException {
            DURABLE.write(directory, name, content);
          }

          @Override
          public void force(PrivateDirectory directory) throws IOException {
            if (broken.get()) {
              throw new IOException("Input/output error");
            }
            DURABLE.force(directory);
          }
        };
    try (PluginStore store = PluginStore.open(directory(), writer)) {
      put(store, plugin("prices", 1), 1);
      put(store, plugin("other", 2), 2);
      HeldBlob held = store.hold(revision(2, 3).digest(), bytes(3));
      broken.set(true);
      store.save(plugin("prices", 1).activate(revision(2, 3), NOW));
      held.close();
      assertThat(store.find("prices").active()).isEqualTo(2);
      store.delete("other");
      assertThat(store.find("other")).isNull();
      assertThatThrownBy(() -> store.hold(revision(1, 4).digest(), bytes(4)))
          .hasMessage("Input/output error");
    }
    try (PluginStore store = open()) {
      assertThat(store.plugins()).containsOnlyKeys("prices");
      assertThat(store.find("prices").active()).isEqualTo(2);
      assertThat(files("blobs")).containsExactlyInAnyOrder(blob(1), blob(3));
    }
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException {
    open().close();
    Files.writeString(directory().resolve("plugins/a note.json"), "hello");
    Files.writeString(directory().resolve("plugins/-x.json"), "hello");
    Files.writeString(directory().resolve("blobs/README"), "hello");
    Files.writeString(directory().resolve("blobs/mine.wasm"), "hello");
    try (PluginStore store = open()) {
      assertThat(store.plugins()).isEmpty();
      assertThat(store.damaged()).isEmpty();
    }
    assertThat(files("plugins")).containsExactly("-x.json", "a note.json");
    assertThat(files("blobs")).containsExactly("README", "mine.wasm");
  }

  @Test
  void aTrialEndsWithItsProcess() throws IOException {
    try (PluginStore store = open()) {
      StoredPlugin plugin = plugin("prices", 1);
      put(store, plugin, 1);
      HeldBlob held = store.hold(revision(2, 2).digest(), bytes(2));
      store.save(plugin.with(revision(2, 2).with(WasmPluginOutcome.CANARY, null)));
      held.close();
    }
    try (PluginStore store = open()) {
      StoredPlugin plugin = store.find("prices");
      assertThat(plugin.active()).isOne();
      assertThat(plugin.find(2).outcome()).isEqualTo(WasmPluginOutcome.ROLLED_BACK);
      assertThat(plugin.find(2).note()).contains("stopped while it was on trial");
    }
  }

  @Test
  void oneUsesItAtATime() throws IOException {
    try (PluginStore store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("this process uses it already");
      put(store, plugin("prices", 1), 1);
    }
    try (PluginStore store = open()) {
      assertThat(store.plugins()).containsOnlyKeys("prices");
    }
  }

  /** The system lets go of all locks of a process that closes a file once. */
  @Test
  void whoIsRefusedHereLetsNoOtherProcessIn() throws Exception {
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      assertThatThrownBy(this::open).hasMessageContaining("this process uses it already");
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  PluginStoreProcess.class.getName(),
                  directory().toString(),
                  "1")
              .redirectErrorStream(true)
              .start();
      try (BufferedReader told = other.inputReader(StandardCharsets.UTF_8)) {
        StringBuilder said = new StringBuilder();
        String line = told.readLine();
        while (line != null && !line.equals("open")) {
          said.append(line).append('\n');
          line = told.readLine();
        }
        assertThat(line).as("it got the directory").isNull();
        assertThat(said)
            .contains("another process has it (%d)".formatted(ProcessHandle.current().pid()));
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
    open().close();
  }

  @Test
  void whatIsClosedWritesNothing() throws IOException {
    PluginStore store = open();
    put(store, plugin("prices", 1), 1);
    HeldBlob held = store.hold(revision(2, 2).digest(), bytes(2));
    store.close();
    try (PluginStore next = open()) {
      HeldBlob same = next.hold(revision(2, 2).digest(), bytes(2));
      held.close();
      assertThat(files("blobs")).contains(blob(2));
      assertThatThrownBy(() -> store.save(plugin("prices", 3))).hasMessageContaining("is closed");
      assertThatThrownBy(() -> store.delete("prices")).hasMessageContaining("is closed");
      assertThatThrownBy(() -> store.hold(revision(3, 3).digest(), bytes(3)))
          .hasMessageContaining("is closed");
      store.close();
      assertThatThrownBy(this::open).hasMessageContaining("this process uses it already");
      next.save(plugin("other", 2));
      same.close();
    }
    try (PluginStore next = open()) {
      assertThat(next.plugins()).containsOnlyKeys("prices", "other");
    }
  }

  @Test
  void whatCouldNotBeReadIsNotStored() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      StoredRevision next = revision(2, 1);
      StoredRevision unreadable =
          new StoredRevision(
              2,
              next.version(),
              next.digest(),
              next.size(),
              "x".repeat(150_000),
              null,
              null,
              "",
              Map.of(),
              NOW,
              null,
              WasmPluginOutcome.ACTIVE,
              null);
      assertThatThrownBy(() -> store.save(plugin("prices", 1).activate(unreadable, NOW)))
          .isInstanceOf(IOException.class);
      assertThat(store.find("prices").active()).isOne();
    }
    try (PluginStore store = open()) {
      assertThat(store.plugins()).isEqualTo(Map.of("prices", plugin("prices", 1)));
    }
  }

  /** A disk that is full after half of the file. */
  private static PluginStore.Writer fullAfter(int writes) {
    List<String> written = new ArrayList<>();
    return (directory, name, content) -> {
      if (written.size() >= writes) {
        Files.write(directory.path().resolve("write-half.tmp"), new byte[content.remaining() / 2]);
        throw new IOException("No space left on device");
      }
      written.add(name);
      PluginStore.Writer.DURABLE.write(directory, name, content);
    };
  }

  @Test
  void aFullDiskChangesNothing() throws IOException {
    try (PluginStore store = PluginStore.open(directory(), fullAfter(3))) {
      put(store, plugin("prices", 1), 1);
      StoredPlugin next = plugin("prices", 1).activate(revision(2, 2), NOW);
      assertThatThrownBy(() -> put(store, next, 2)).hasMessage("No space left on device");
      assertThat(store.find("prices").active()).isOne();
      assertThatThrownBy(() -> put(store, plugin("other", 3), 3))
          .hasMessage("No space left on device");
      assertThat(store.find("other")).isNull();
      assertThat(files("blobs")).as("what was held").contains(blob(1)).doesNotContain(blob(2));
    }
    try (PluginStore store = open()) {
      assertThat(store.plugins()).isEqualTo(Map.of("prices", plugin("prices", 1)));
      assertThat(files("blobs")).containsExactly(blob(1));
      assertThat(files("plugins")).containsExactly("prices.json");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatOthersCanWriteIsNotUsed() throws IOException {
    open().close();
    Path blobs = directory().resolve("blobs");
    Files.setPosixFilePermissions(blobs, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(this::open).hasMessageContaining("can be written by others");
    Files.setPosixFilePermissions(blobs, PosixFilePermissions.fromString("rwx------"));
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      Files.setPosixFilePermissions(
          blobs.resolve(blob(1)), PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThatThrownBy(() -> store.read(revision(1, 1).digest(), revision(1, 1).size()))
          .hasMessageContaining("can be written by others");
    }
    assertThat(Files.getPosixFilePermissions(directory()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(this.parent.resolve("secret"), "secret");
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      Path blob = directory().resolve("blobs").resolve(blob(1));
      Files.delete(blob);
      Files.createSymbolicLink(blob, secret);
      assertThat(store.has(revision(1, 1).digest(), 6)).isFalse();
      assertThatThrownBy(() -> store.read(revision(1, 1).digest(), 6))
          .isInstanceOf(IOException.class);
    }
    Path plugin = directory().resolve("plugins/prices.json");
    Files.delete(plugin);
    Files.createSymbolicLink(plugin, secret);
    Path lock = directory().resolve("lock");
    Files.delete(lock);
    Files.createSymbolicLink(lock, secret);
    assertThatThrownBy(this::open).isInstanceOf(IOException.class);
    assertThat(secret).hasContent("secret");
    Files.delete(lock);
    try (PluginStore store = open()) {
      assertThat(store.plugins()).isEmpty();
    }
  }

  @Test
  void whereNothingCanBeWrittenIsSaid() throws IOException {
    Path file = Files.writeString(this.parent.resolve("plugins"), "a file");
    assertThatThrownBy(this::open).hasMessageContaining("it is not a directory");
    Files.delete(file);
    open().close();
    Path blobs = directory().resolve("blobs");
    assumeThat(blobs.toFile().setWritable(false) && !Files.isWritable(blobs))
        .as("the administrator can write anywhere")
        .isTrue();
    try (PluginStore store = open()) {
      assertThatThrownBy(() -> put(store, plugin("prices", 1), 1)).isInstanceOf(IOException.class);
      assertThat(store.plugins()).isEmpty();
    } finally {
      blobs.toFile().setWritable(true);
    }
  }

  @Test
  void filesThatAreTooLongAreDamaged() throws IOException {
    open().close();
    Files.write(directory().resolve("plugins/long.json"), new byte[17 << 20]);
    try (PluginStore store = open()) {
      assertThat(store.damaged().get("long")).contains("more than 16 MB");
    }
  }

  @Test
  void otherBytesThanWrittenAreNotLongerThanAsked() throws IOException {
    try (PluginStore store = open()) {
      put(store, plugin("prices", 1), 1);
      assertThatThrownBy(() -> store.read(revision(1, 1).digest(), 10))
          .hasMessageContaining("missing or too long");
      assertThatThrownBy(() -> store.read(revision(1, 9).digest(), 10))
          .hasMessageContaining("missing or too long");
    }
  }

  /**
   * A real one, where files may not be longer than so much: the next best to a disk that is full.
   */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDiskThatTakesNoMoreChangesNothing() throws Exception {
    assumeThat(Path.of("/bin/sh")).exists();
    Process process =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -f 128 && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                FullDiskProcess.class.getName(),
                directory().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("refused: ").contains("stored: [small]");
    try (PluginStore store = open()) {
      assertThat(store.plugins()).containsOnlyKeys("small");
      assertThat(files("blobs")).containsExactly(blob(1));
      assertThat(files("plugins")).containsExactly("small.json");
    }
  }
}
