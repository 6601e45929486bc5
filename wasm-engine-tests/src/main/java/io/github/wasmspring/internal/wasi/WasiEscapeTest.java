package io.github.wasmspring.internal.wasi;

import static io.github.wasmspring.internal.wasi.WasiGuest.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.module.WasiSettings.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing outside of a mapped directory is read, written, made or removed. */
@Timeout(60)
class WasiEscapeTest {

  @TempDir private Path folder;

  private Path inside;
  private Path outside;
  private WasiGuest guest;

  @BeforeEach
  void prepare() throws IOException {
    this.inside = Files.createDirectories(this.folder.resolve("inside"));
    this.outside = Files.createDirectories(this.folder.resolve("outside"));
    Files.writeString(this.outside.resolve("secret"), "secret");
    Files.createDirectories(this.inside.resolve("a/b"));
    Files.writeString(this.inside.resolve("a/file"), "file");
    Files.createSymbolicLink(this.inside.resolve("link"), this.outside);
    Files.createSymbolicLink(this.inside.resolve("a/b/up"), Path.of("../../../outside"));
    Files.createSymbolicLink(this.inside.resolve("linked-secret"), this.outside.resolve("secret"));
    Files.createSymbolicLink(this.inside.resolve("linked-file"), Path.of("a/file"));
    this.guest = WasiGuest.in(this.inside, Access.READ_WRITE);
  }

  @AfterEach
  void nothingOutsideHasChanged() throws IOException {
    this.guest.close();
    assertThat(Files.readString(this.outside.resolve("secret"))).isEqualTo("secret");
    try (Stream<Path> entries = Files.list(this.outside)) {
      assertThat(entries).hasSize(1);
    }
    try (Stream<Path> entries = Files.list(this.folder)) {
      assertThat(entries).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../outside/secret",
        "a/../../outside/secret",
        "a/b/../../../outside/secret",
        "./../outside/secret",
        "a//..//..//outside/secret",
        "/etc/passwd",
        "/",
        "//etc/passwd",
        "/data/../../outside/secret",
        "../inside/a/file"
      })
  void aPathThatLeadsOutIsRefused(String path) {
    for (String how : new String[] {"r", "w", "rwc", "rwct", "rwcx", "d"}) {
      assertThat(this.guest.open(path, how)).as(how).isEqualTo(Errno.NOTCAPABLE.number());
    }
    assertThat(this.guest.stat(path, true)).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.path("path_create_directory", path)).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.path("path_remove_directory", path)).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.path("path_unlink_file", path)).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.rename(path, "stolen")).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.rename("a/file", path)).isEqualTo(Errno.NOTCAPABLE.number());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"link/secret", "linked-secret", "a/b/up/secret", "linked-file", "./link/./secret"})
  void aLinkIsNeverFollowed(String path) {
    for (String how : new String[] {"r", "w", "rwc", "rwct"}) {
      assertThat(this.guest.open(path, how)).as(how).isEqualTo(Errno.LOOP.number());
    }
    assertThat(this.guest.stat(path, true)).isEqualTo(Errno.LOOP.number());
  }

  @ParameterizedTest
  @ValueSource(strings = {"link/new", "a/b/up/new"})
  void nothingIsMadeBehindALink(String path) {
    assertThat(this.guest.open(path, "rwc")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.open(path, "rwcx")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.path("path_create_directory", path)).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.rename("a/file", path)).isEqualTo(Errno.LOOP.number());
  }

  @Test
  void nothingBehindALinkIsRemovedOrMoved() {
    assertThat(this.guest.path("path_unlink_file", "link/secret")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.rename("link/secret", "secret")).isEqualTo(Errno.LOOP.number());
    assertThat(this.guest.path("path_remove_directory", "link")).isEqualTo(Errno.NOTDIR.number());
  }

  @Test
  void aLinkCanBeSeenAndRemovedButNotMoved() {
    assertThat(this.guest.stat("link", false)).isEqualTo(SUCCESS);
    assertThat(this.guest.memory().readByte(WasiGuest.RESULT + 16))
        .isEqualTo(FileType.SYMBOLIC_LINK.number());
    assertThat(this.guest.rename("link", "a/b/link")).isEqualTo(Errno.PERM.number());

    assertThat(this.guest.path("path_unlink_file", "link")).isEqualTo(SUCCESS);

    assertThat(this.inside.resolve("link")).doesNotExist();
    assertThat(this.outside).exists();
  }

  @Test
  void linksAreNeitherMadeNorRead() {
    assertThat(this.guest.symlink("/etc", "etc")).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.link("a/file", "hard")).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.link("/etc/passwd", "hard")).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.link("a/file", "../hard")).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.symlink("a", "../soft")).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.readLink("link")).isEqualTo(Errno.NOTSUP.number());
    assertThat(this.guest.readLink("../outside/secret")).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.inside.resolve("hard")).doesNotExist();
    assertThat(this.inside.resolve("etc")).doesNotExist();
  }

  @Test
  void aDirectoryThatWasOpenedIsNoWayOutEither() {
    int directory = this.guest.descriptor("a/b", "d");

    assertThat(this.guest.open(directory, "../file", "r")).isEqualTo(Errno.NOTCAPABLE.number());
    assertThat(this.guest.open(directory, "up/secret", "r")).isEqualTo(Errno.LOOP.number());
  }

  @Test
  void aDirectoryThatIsReplacedByALinkWhileItIsOpenStaysWhatItWas() throws IOException {
    int directory = this.guest.descriptor("a", "d");
    Files.move(this.inside.resolve("a"), this.inside.resolve("moved"));
    Files.createSymbolicLink(this.inside.resolve("a"), this.outside);

    assertThat(this.guest.open(directory, "secret", "r")).isEqualTo(Errno.NOENT.number());
    assertThat(this.guest.open(directory, "new", "rwc")).isEqualTo(SUCCESS);
    assertThat(this.inside.resolve("moved/new")).exists();
  }

  /** Somebody swaps a directory for a link as fast as they can while the guest writes there. */
  @Test
  void aRaceWithALinkIsNeverWon() throws Exception {
    Path swapped = Files.createDirectories(this.inside.resolve("swapped"));
    Path aside = this.inside.resolve("aside");
    Path evil = Files.createSymbolicLink(this.inside.resolve("evil"), this.outside);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> swapper =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (!done.get()) {
                  Files.move(swapped, aside);
                  Files.move(evil, swapped);
                  Files.move(swapped, evil);
                  Files.move(aside, swapped);
                }
              } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
              }
            });
    int written = 0;
    for (int i = 0; i < 2000; i++) {
      if (this.guest.open("swapped/new" + i, "rwc") == SUCCESS) {
        this.guest.call("fd_close", this.guest.result());
        written++;
      }
      assertThat(this.guest.open("swapped/secret", "r")).isNotEqualTo(SUCCESS);
      this.guest.path("path_unlink_file", "swapped/secret");
      this.guest.path("path_create_directory", "swapped/directory" + i);
    }
    done.set(true);
    swapper.get();

    assertThat(written).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a/\0"})
  void aZeroByteDoesNotEndAPath(String path) {
    assertThat(this.guest.open(path, "r")).isEqualTo(Errno.INVAL.number());
  }

  @Test
  void aPathThatIsNoTextIsRefused() {
    this.guest.memory().writeInt(1024, 0xfffefdfc);

    assertThat(this.guest.call("path_open", 3, 1, 1024, 4, 0, 2, 2, 0, 16))
        .isEqualTo(Errno.ILSEQ.number());
  }

  @Test
  void aPathThatIsTooLongIsRefused() {
    assertThat(this.guest.open("a".repeat(300), "r")).isEqualTo(Errno.NAMETOOLONG.number());
    assertThat(this.guest.open("a/".repeat(3000), "r")).isEqualTo(Errno.NAMETOOLONG.number());
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    Path pipe = this.inside.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(this.guest.open("pipe", "r")).isEqualTo(Errno.ACCES.number());
    assertThat(this.guest.rename("pipe", "a/pipe")).isEqualTo(Errno.PERM.number());
  }
}
