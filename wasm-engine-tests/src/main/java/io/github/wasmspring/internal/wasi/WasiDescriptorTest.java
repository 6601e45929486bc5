package io.github.wasmspring.internal.wasi;

import static io.github.wasmspring.internal.wasi.WasiGuest.FIRST_GIVEN;
import static io.github.wasmspring.internal.wasi.WasiGuest.RESULT;
import static io.github.wasmspring.internal.wasi.WasiGuest.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasiSettings.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest learns about what it has opened, and changes of it. */
@Timeout(60)
class WasiDescriptorTest {

  private static final int APPEND = 1;
  private static final int SYNC = 16;

  private static final int MODIFIED = 4;
  private static final int MODIFIED_NOW = 8;

  private static final long SET_SIZE = 1L << 22;
  private static final long SET_TIMES = 1L << 23;

  @TempDir private Path folder;

  private WasiGuest guest;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(this.folder.resolve("sub"));
    Files.writeString(this.folder.resolve("sub/file"), "content");
    this.guest = WasiGuest.in(this.folder, Access.READ_WRITE);
  }

  @AfterEach
  void close() {
    this.guest.close();
  }

  /** Every combination of appending, dsync, nonblock, rsync and sync. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 8, 16, 17, 31})
  void flagsAreToldAsTheyWereTaken(int flags) throws IOException {
    assertThat(this.guest.open(FIRST_GIVEN, "sub/file", "rw", flags)).isEqualTo(SUCCESS);
    int file = (int) this.guest.result();

    assertThat(this.guest.fdstat(file)[0]).isEqualTo(flags);
    assertThat(this.guest.write(file, "X")).isEqualTo(SUCCESS);
    assertThat(this.folder.resolve("sub/file"))
        .hasContent((flags & APPEND) != 0 ? "contentX" : "Xontent");
    assertThat(this.guest.call("fd_fdstat_set_flags", file, 31 - flags)).isEqualTo(SUCCESS);
    assertThat(this.guest.fdstat(file)[0]).isEqualTo(31 - flags);
  }

  @Test
  void whatIsNoFlagIsRefused() {
    assertThat(this.guest.open(FIRST_GIVEN, "sub/file", "rw", 32)).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.open(FIRST_GIVEN, "new", "rwc", 32)).isEqualTo(Errno.INVAL.number());
    assertThat(this.folder.resolve("new")).doesNotExist();
    int file = this.guest.descriptor("sub/file", "rw");
    assertThat(this.guest.call("fd_fdstat_set_flags", file, SYNC | 64))
        .isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.fdstat(file)[0]).isZero();
  }

  @Test
  void rightsAreThoseOfTheKind() {
    long[] directory = this.guest.fdstat(FIRST_GIVEN);
    assertThat(directory[1] & SET_SIZE).isZero();
    assertThat(directory[1] & SET_TIMES).isNotZero();
    assertThat(directory[2] & SET_SIZE).isNotZero();
    assertThat(this.guest.fdstat(this.guest.descriptor("sub/file", "r"))[1] & SET_SIZE).isZero();
    assertThat(this.guest.fdstat(this.guest.descriptor("sub/file", "rw"))[1] & SET_SIZE)
        .isNotZero();
  }

  @Test
  void timesOfAnOpenFileAreSet() throws IOException {
    int directory = this.guest.descriptor("sub", "d");
    assertThat(this.guest.open(directory, "file", "r", 0)).isEqualTo(SUCCESS);
    int file = (int) this.guest.result();

    assertThat(this.guest.call("fd_filestat_set_times", file, 0, 2_000_000_000L, MODIFIED))
        .isEqualTo(SUCCESS);

    assertThat(Files.getLastModifiedTime(this.folder.resolve("sub/file")).toMillis())
        .isEqualTo(2000);
    assertThat(this.guest.call("fd_filestat_get", file, RESULT)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readLong(RESULT + 48)).isEqualTo(2_000_000_000L);
    assertThat(this.guest.call("fd_filestat_set_times", directory, 0, 3_000_000_000L, MODIFIED))
        .isEqualTo(SUCCESS);
    assertThat(Files.getLastModifiedTime(this.folder.resolve("sub")).toMillis()).isEqualTo(3000);
    assertThat(this.guest.call("fd_filestat_set_times", file, 0, 0, MODIFIED | MODIFIED_NOW))
        .isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.call("fd_filestat_set_times", 1, 0, 0, MODIFIED))
        .isEqualTo(Errno.BADF.number());
  }

  @Test
  void aFileThatStandsSomewhereElseNowKeepsItsTimes() throws IOException {
    int file = this.guest.descriptor("sub/file", "rw");
    this.guest.rename("sub/file", "sub/moved");
    Files.writeString(this.folder.resolve("sub/file"), "another");
    long before = Files.getLastModifiedTime(this.folder.resolve("sub/file")).toMillis();

    assertThat(this.guest.call("fd_filestat_set_times", file, 0, 2_000_000_000L, MODIFIED))
        .isEqualTo(Errno.NOTSUP.number());

    assertThat(Files.getLastModifiedTime(this.folder.resolve("sub/file")).toMillis())
        .isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fd_sync", "fd_datasync"})
  void directoriesAreSyncedAsFilesAre(String sync) {
    int directory = this.guest.descriptor("sub", "d");

    assertThat(this.guest.call(sync, this.guest.descriptor("sub/file", "rw"))).isEqualTo(SUCCESS);
    assertThat(this.guest.call(sync, directory)).isEqualTo(SUCCESS);
    assertThat(this.guest.call(sync, FIRST_GIVEN)).isEqualTo(SUCCESS);
    assertThat(this.guest.call(sync, 1)).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.call("fd_close", directory)).isEqualTo(SUCCESS);
    assertThat(this.guest.call(sync, directory)).isEqualTo(Errno.BADF.number());
  }

  @Test
  void whatIsReadOnlyKeepsItsTimes() {
    this.guest.close();
    this.guest = WasiGuest.in(this.folder, Access.READ_ONLY);
    int file = this.guest.descriptor("sub/file", "r");

    assertThat(this.guest.call("fd_filestat_set_times", file, 0, 0, MODIFIED))
        .isEqualTo(Errno.ROFS.number());
    assertThat(this.guest.call("fd_filestat_set_times", FIRST_GIVEN, 0, 0, MODIFIED))
        .isEqualTo(Errno.ROFS.number());
  }

  @Test
  void whatIsNotSupportedSaysFirstWhatIsWrong() {
    int file = this.guest.descriptor("sub/file", "r");
    int writable = this.guest.descriptor("sub/file", "rw");

    assertThat(this.guest.call("fd_allocate", FIRST_GIVEN, 0, 1)).isEqualTo(Errno.ISDIR.number());
    assertThat(this.guest.call("fd_allocate", 77, 0, 1)).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_allocate", file, 0, 1)).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_allocate", writable, 0, 1)).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.call("fd_fdstat_set_rights", 77, 0, 0)).isEqualTo(Errno.BADF.number());
    assertThat(this.guest.call("fd_fdstat_set_rights", file, 0, 0))
        .isEqualTo(Errno.NOTSUP.number());
  }
}
