package io.github.wasmspring.internal.wasi;

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

/**
 * A path that ends with a slash is a directory or nothing. What is expected is what the system
 * calls of Linux answer.
 */
@Timeout(60)
class WasiTrailingSlashTest {

  @TempDir private Path folder;

  private WasiGuest guest;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(this.folder.resolve("dir"));
    Files.writeString(this.folder.resolve("file"), "content");
    Files.writeString(this.folder.resolve("file2"), "content");
    Files.createSymbolicLink(this.folder.resolve("link"), Path.of("dir"));
    this.guest = WasiGuest.in(this.folder, Access.READ_WRITE);
  }

  @AfterEach
  void nothingElseHasChanged() throws IOException {
    this.guest.close();
    assertThat(this.folder.resolve("file")).hasContent("content");
    assertThat(this.folder.resolve("file2")).hasContent("content");
    assertThat(this.folder.resolve("link")).isSymbolicLink();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file/", "file///", "file/.", "./file/", "dir/../file/"})
  void aFileIsNoDirectory(String path) {
    for (String how : new String[] {"r", "w", "rw", "rwt", "d", "rwc"}) {
      assertThat(this.guest.open(path, how)).as(how).isEqualTo(Errno.NOTDIR.number());
    }
    assertThat(this.guest.stat(path, true)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.stat(path, false)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.setTimes(path, 0, 0, 1 | 4)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.path("path_unlink_file", path)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.path("path_remove_directory", path)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.path("path_create_directory", path)).isEqualTo(Errno.EXIST.number());
    assertThat(this.guest.rename(path, "moved")).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.rename("dir", path)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.rename("file2", path)).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.symlink("dir", path)).isEqualTo(Errno.EXIST.number());
    assertThat(this.guest.link(path, "new")).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.link("file2", path)).isEqualTo(Errno.EXIST.number());
    assertThat(this.guest.readLink(path)).isEqualTo(Errno.NOTDIR.number());
  }

  @Test
  void aDirectoryIsOne() throws IOException {
    assertThat(this.guest.open("dir/", "d")).isEqualTo(SUCCESS);
    assertThat(this.guest.open("dir/", "r")).isEqualTo(SUCCESS);
    assertThat(this.guest.stat("dir/", true)).isEqualTo(SUCCESS);
    assertThat(this.guest.setTimes("dir/", 0, 2_000_000_000L, 4)).isEqualTo(SUCCESS);
    assertThat(this.guest.path("path_create_directory", "dir/")).isEqualTo(Errno.EXIST.number());
    assertThat(this.guest.path("path_unlink_file", "dir/")).isEqualTo(Errno.ISDIR.number());
    assertThat(this.guest.rename("dir/", "moved/")).isEqualTo(SUCCESS);
    assertThat(this.guest.rename("moved", "dir/")).isEqualTo(SUCCESS);
    assertThat(this.guest.rename("file", "dir/")).isEqualTo(Errno.NOTDIR.number());
    assertThat(Files.getLastModifiedTime(this.folder.resolve("dir")).toMillis()).isEqualTo(2000);
    assertThat(this.guest.path("path_remove_directory", "dir/")).isEqualTo(SUCCESS);
    assertThat(this.folder.resolve("dir")).doesNotExist();
  }

  @Test
  void nothingButADirectoryIsMadeThere() {
    assertThat(this.guest.open("new/", "rwc")).isEqualTo(Errno.ISDIR.number());
    assertThat(this.guest.open("new/", "r")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.rename("file", "new/")).isEqualTo(Errno.NOTDIR.number());
    assertThat(this.guest.symlink("file", "new/")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.link("file", "new/")).isEqualTo(Errno.NOENT.number());
    assertThat(this.folder.resolve("new")).doesNotExist();

    assertThat(this.guest.path("path_create_directory", "new/")).isEqualTo(SUCCESS);

    assertThat(this.folder.resolve("new")).isDirectory();
  }

  @Test
  void aLinkIsNotFollowedToADirectoryEither() {
    assertThat(this.guest.open("link/", "d")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.stat("link/", false)).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.path("path_unlink_file", "link/")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.path("path_remove_directory", "link/")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.rename("dir", "link/")).isEqualTo(Errno.LOOP.number());
  }

  @Test
  void theDirectoryItselfStays() throws IOException {
    for (String itself : new String[] {".", "./", "dir/.."}) {
      assertThat(this.guest.open(itself, "d")).isEqualTo(SUCCESS);
      assertThat(this.guest.path("path_create_directory", itself)).isEqualTo(Errno.EXIST.number());
      assertThat(this.guest.path("path_unlink_file", itself)).isEqualTo(Errno.ISDIR.number());
      assertThat(this.guest.path("path_remove_directory", itself)).isEqualTo(Errno.INVAL.number());
      assertThat(this.guest.symlink("file", itself)).isEqualTo(Errno.EXIST.number());
      assertThat(this.guest.setTimes(itself, 0, 3_000_000_000L, 4)).isEqualTo(SUCCESS);
    }
    assertThat(Files.getLastModifiedTime(this.folder).toMillis()).isEqualTo(3000);
  }

  /** Programs that look at each part of a path ask of each whether it is a link. */
  @Test
  void whoAsksForALinkHearsThatThereIsNone() {
    assertThat(this.guest.readLink("file")).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.readLink("dir")).isEqualTo(Errno.INVAL.number());
    assertThat(this.guest.readLink("none")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.readLink("link")).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.link("file", "new")).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.link("dir", "new")).isEqualTo(Errno.PERM.number());
    assertThat(this.guest.link("none", "new")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.symlink("file", "new")).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.symlink("file", "dir")).isEqualTo(Errno.EXIST.number());
  }
}
