package io.github.wasmspring.internal.wasi;

import static io.github.wasmspring.internal.wasi.WasiGuest.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasiSettings.Access;
import io.github.wasmspring.testing.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a guest can do in a directory that it was given. */
@Timeout(60)
class WasiFilesTest {

  @TempDir private Path folder;

  private WasiGuest guest;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(this.folder.resolve("sub"));
    Files.writeString(this.folder.resolve("sub/hello"), "Hello, file");
    this.guest = WasiGuest.in(this.folder, Access.READ_WRITE);
  }

  @AfterEach
  void close() {
    this.guest.close();
  }

  private void readOnly() {
    this.guest.close();
    this.guest = WasiGuest.in(this.folder, Access.READ_ONLY);
  }

  private void writeLimit(long bytes) {
    this.guest.close();
    this.guest =
        new WasiGuest(
            settings ->
                settings
                    .writeLimit(bytes)
                    .directories(
                        List.of(
                            new WasiSettings.Directory("/data", this.folder, Access.READ_WRITE))));
  }

  @Test
  void itIsFoundByItsName() {
    assertThat(this.guest.call("fd_prestat_get", 3, 16)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readInt(20)).isEqualTo(5);
    assertThat(this.guest.call("fd_prestat_dir_name", 3, 100, 5)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readString(100, 5)).isEqualTo("/data");
    assertThat(this.guest.call("fd_prestat_dir_name", 3, 100, 4))
        .isEqualTo(Errno.NAMETOOLONG.number());
    assertThat(this.guest.call("fd_prestat_get", 4, 16)).isEqualTo(Errno.BADF.number());
  }

  @Test
  void aFileIsReadFromAnywhereInIt() {
    int file = this.guest.descriptor("sub/../sub/./hello", "r");

    assertThat(this.guest.read(file, 5)).isEqualTo("Hello");
    assertThat(this.guest.call("fd_seek", file, -4, 2, 16)).isEqualTo(SUCCESS);
    assertThat(this.guest.read(file, 100)).isEqualTo("file");
    assertThat(this.guest.read(file, 100)).isEmpty();
    assertThat(this.guest.call("fd_tell", file, 16)).isEqualTo(SUCCESS);
    assertThat(this.guest.result()).isEqualTo(11);
    assertThat(this.guest.call("fd_seek", file, -1, 0, 16)).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.call("fd_seek", file, Long.MIN_VALUE, 2, 16))
        .isEqualTo(Errno.INVAL.number());
  }

  @Test
  void aFileIsMadeWrittenAndReadAgain() throws IOException {
    int file = this.guest.descriptor("new", "rwc");

    assertThat(this.guest.write(file, "one ")).isEqualTo(SUCCESS);
    assertThat(this.guest.write(file, "two")).isEqualTo(SUCCESS);
    this.guest.call("fd_close", file);

    assertThat(Files.readString(this.folder.resolve("new"))).isEqualTo("one two");
    assertThat(this.guest.content("new")).isEqualTo("one two");
    assertThat(this.guest.write(file, "closed")).isEqualTo(Errno.BADF.number());
  }

  @Test
  void whatIsAppendedStandsAtTheEnd() throws IOException {
    int file = this.guest.descriptor("sub/hello", "wa");
    this.guest.call("fd_seek", file, 0, 0, 16);

    this.guest.write(file, "!");

    assertThat(Files.readString(this.folder.resolve("sub/hello"))).isEqualTo("Hello, file!");
  }

  @Test
  void aFileIsTruncatedAndResized() {
    int file = this.guest.descriptor("sub/hello", "rwt");

    assertThat(this.guest.call("fd_filestat_set_size", file, 3)).isEqualTo(SUCCESS);
    assertThat(this.guest.read(file, 10)).isEqualTo("\0\0\0");
    assertThat(this.guest.call("fd_filestat_set_size", file, 1)).isEqualTo(SUCCESS);
    assertThat(this.guest.call("fd_filestat_get", file, 200)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readLong(232)).isEqualTo(1);
    assertThat(this.guest.call("fd_filestat_set_size", file, -1)).isEqualTo(Errno.INVAL.number());
  }

  @Test
  void aFileIsOnlyMadeAnewWhereNoneIs() {
    assertThat(this.guest.open("sub/hello", "rwcx")).isEqualTo(Errno.EXIST.number());
    assertThat(this.guest.open("sub/nothing", "rw")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.open("sub/hello", "d")).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.open("sub", "w")).isEqualTo(Errno.ISDIR.number());
    assertThat(this.guest.open("sub/hello/more", "r")).isEqualTo(Errno.NOTDIR.number());
  }

  @Test
  void directoriesAreMadeAndRemoved() {
    assertThat(this.guest.path("path_create_directory", "sub/new/")).isEqualTo(SUCCESS);
    assertThat(this.folder.resolve("sub/new")).isDirectory();
    assertThat(this.guest.path("path_create_directory", "sub/new")).isEqualTo(Errno.EXIST.number());
    assertThat(this.guest.path("path_create_directory", "no/new")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.path("path_remove_directory", "sub")).isEqualTo(Errno.NOTEMPTY.number());
    assertThat(this.guest.path("path_unlink_file", "sub/new")).isEqualTo(Errno.ISDIR.number());
    assertThat(this.guest.path("path_remove_directory", "sub/new")).isEqualTo(SUCCESS);
    assertThat(this.folder.resolve("sub/new")).doesNotExist();
    assertThat(this.folder).isDirectoryNotContaining("glob:**/.wasi-*");
  }

  @Test
  void aFileIsMovedBetweenDirectories() {
    this.guest.path("path_create_directory", "other");

    assertThat(this.guest.rename("sub/hello", "other/moved")).isEqualTo(SUCCESS);

    assertThat(this.guest.content("other/moved")).isEqualTo("Hello, file");
    assertThat(this.guest.open("sub/hello", "r")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.rename("sub", "sub/inside-itself")).isNotEqualTo(SUCCESS);
  }

  @Test
  void aDirectoryIsListedInPiecesOfAnySize() throws IOException {
    for (int i = 0; i < 50; i++) {
      Files.createFile(this.folder.resolve("sub/file-" + i));
    }
    int directory = this.guest.descriptor("sub", "d");

    List<String> names = this.guest.list(directory, 100);

    assertThat(names).hasSize(53).doesNotHaveDuplicates().contains(".", "..", "file-49");
    assertThat(this.guest.list(directory, 32768)).containsExactlyInAnyOrderElementsOf(names);
    assertThat(this.guest.call("fd_readdir", directory, 65536, 100, -1, 16))
        .isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.call("fd_readdir", directory, 65536, 100, Long.MAX_VALUE, 16))
        .isEqualTo(SUCCESS);
    assertThat(this.guest.result()).isZero();
  }

  @Test
  void timesAreNoFinerThanTheClock() throws IOException {
    this.guest.close();
    this.guest =
        new WasiGuest(
            settings ->
                settings
                    .clockResolution(java.time.Duration.ofSeconds(10))
                    .directories(
                        List.of(
                            new WasiSettings.Directory("/data", this.folder, Access.READ_WRITE))));

    assertThat(this.guest.stat("sub/hello", true)).isEqualTo(SUCCESS);

    long modified = this.guest.memory().readLong(WasiGuest.RESULT + 48);
    assertThat(modified % 10_000_000_000L).isZero();
    assertThat(modified).isPositive();
  }

  @Test
  void whatIsReadOnlyIsOnlyRead() throws IOException {
    readOnly();

    assertThat(this.guest.content("sub/hello")).isEqualTo("Hello, file");
    for (String how : new String[] {"w", "rw", "rwc", "rc", "rt"}) {
      assertThat(this.guest.open("sub/hello", how)).as(how).isEqualTo(Errno.ROFS.number());
    }
    assertThat(this.guest.open("new", "rwc")).isEqualTo(Errno.ROFS.number());
    assertThat(this.guest.path("path_create_directory", "new")).isEqualTo(Errno.ROFS.number());
    assertThat(this.guest.path("path_remove_directory", "sub")).isEqualTo(Errno.ROFS.number());
    assertThat(this.guest.path("path_unlink_file", "sub/hello")).isEqualTo(Errno.ROFS.number());
    assertThat(this.guest.rename("sub/hello", "moved")).isEqualTo(Errno.ROFS.number());
    assertThat(this.guest.call("path_filestat_set_times", 3, 0, 1024, 3, 0, 0, 10))
        .isEqualTo(Errno.ROFS.number());
    int file = this.guest.descriptor("sub/hello", "r");
    assertThat(this.guest.write(file, "x")).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_filestat_set_size", file, 0)).isEqualTo(Errno.BADF.number());
    try (Stream<Path> files = Files.walk(this.folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void aGuestCannotFillTheDisk() throws IOException {
    writeLimit(10_000);
    int file = this.guest.descriptor("new", "rwc");

    assertThat(this.guest.write(file, "x".repeat(5000))).isEqualTo(SUCCESS);
    assertThat(this.guest.write(file, "x".repeat(5000))).isEqualTo(Errno.DQUOT.number());
    assertThat(this.guest.call("fd_filestat_set_size", file, 1L << 50))
        .isEqualTo(Errno.DQUOT.number());
    assertThat(this.guest.call("fd_seek", file, 1L << 30, 0, 16)).isEqualTo(SUCCESS);
    assertThat(this.guest.write(file, "x")).isEqualTo(Errno.DQUOT.number());
    assertThat(this.guest.call("fd_pwrite", file, 32, 1, Long.MAX_VALUE, 16))
        .isEqualTo(Errno.FBIG.number());
    assertThat(this.guest.call("fd_pwrite", file, 32, 1, -1, 16)).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.open("another", "rwc")).isEqualTo(Errno.DQUOT.number());
    assertThat(this.guest.path("path_create_directory", "another")).isEqualTo(Errno.DQUOT.number());
    assertThat(Files.size(this.folder.resolve("new"))).isEqualTo(5000);
  }

  /** Whoever is borrowed anew may write again, but not for ever. */
  @Test
  void theGuestsOfAModuleCannotFillTheDiskTogether() throws IOException {
    this.guest.close();
    this.guest =
        new WasiGuest(
            settings ->
                settings
                    .writeLimit(10_000)
                    .totalWriteLimit(25_000)
                    .directories(
                        List.of(
                            new WasiSettings.Directory("/data", this.folder, Access.READ_WRITE))));
    for (int i = 0; i < 2; i++) {
      assertThat(this.guest.write(this.guest.descriptor("new" + i, "rwc"), "x".repeat(5000)))
          .isEqualTo(SUCCESS);
      this.guest.borrowAgain();
    }

    assertThat(this.guest.write(this.guest.descriptor("new2", "rwc"), "x".repeat(5000)))
        .isEqualTo(Errno.DQUOT.number());
    assertThat(Files.size(this.folder.resolve("new1"))).isEqualTo(5000);
    assertThat(Files.size(this.folder.resolve("new2"))).isZero();
  }

  @Test
  void aGuestCannotUseUpTheDescriptorsOfTheHost() {
    int opened = 0;
    int errno;
    while ((errno = this.guest.open("sub", "d")) == SUCCESS) {
      opened++;
    }

    assertThat(errno).isEqualTo(Errno.MFILE.number());
    assertThat(opened).isBetween(100, 128);
  }

  @Test
  void theNextBorrowerFindsNothingOpen() throws IOException {
    int file = this.guest.descriptor("sub/hello", "r");
    for (int i = 0; i < 20; i++) {
      this.guest.descriptor("sub", "d");
    }
    long before = openDescriptors();

    this.guest.borrowAgain();

    assertThat(this.guest.call("fd_tell", file, 16)).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_prestat_get", 3, 16)).isEqualTo(SUCCESS);
    assertThat(before - openDescriptors()).isGreaterThanOrEqualTo(21);
  }

  @Test
  void anInstanceThatIsThrownAwayLeavesNothingOpen() throws IOException {
    for (int i = 0; i < 20; i++) {
      this.guest.descriptor("sub", "d");
    }
    long before = openDescriptors();

    Failures.failure(WasmErrorCategory.TRAP, () -> this.guest.call("proc_exit", 1));
    this.guest.borrowAgain();

    assertThat(before - openDescriptors()).isGreaterThanOrEqualTo(20);
  }

  /** Wherever the stack ends, what was opened there is closed. */
  @Test
  void aGuestThatHasNoStackLeftLeavesNothingOpen() throws IOException {
    long before = openDescriptors();

    for (int i = 0; i < 8; i++) {
      Failures.failure(WasmErrorCategory.STACK_OVERFLOW, () -> this.guest.dive("sub/hello"));
      this.guest.borrowAgain();
    }

    assertThat(openDescriptors() - before).isLessThan(5);
  }

  @Test
  void timesAreSet() throws IOException {
    assertThat(this.guest.setTimes("sub/hello", 1_000_000_000L, 2_000_000_000L, 1 | 4))
        .isEqualTo(SUCCESS);

    assertThat(Files.getLastModifiedTime(this.folder.resolve("sub/hello")).toMillis())
        .isEqualTo(2000);
    assertThat(this.guest.setTimes("sub", 0, 0, 2 | 8)).isEqualTo(SUCCESS);
    assertThat(this.guest.setTimes("sub", 0, 0, 1 | 2)).isEqualTo(Errno.INVAL.number());
  }

  private static long openDescriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  @Test
  void descriptorsAreRenumberedAndClosedOnce() {
    int first = this.guest.descriptor("sub", "d");
    int second = this.guest.descriptor("sub/hello", "r");

    assertThat(this.guest.call("fd_renumber", second, first)).isEqualTo(SUCCESS);
    assertThat(this.guest.read(first, 5)).isEqualTo("Hello");
    assertThat(this.guest.call("fd_close", second)).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_renumber", first, 77)).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_renumber", first, first)).isEqualTo(SUCCESS);
    assertThat(this.guest.call("fd_close", first)).isEqualTo(SUCCESS);
  }

  @Test
  void aDirectoryThatDoesNotExistStopsTheModule() {
    this.guest.close();

    assertThat(
            Failures.failure(
                WasmErrorCategory.INVALID,
                () -> WasiGuest.in(this.folder.resolve("gone"), Access.READ_ONLY)))
        .hasMessageContaining("module 'wasi'")
        .hasMessageContaining("gone")
        .hasMessageContaining("wasi.directories");
  }
}
