package io.github.wasmspring.internal.wasi;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A guest that calls the functions of WASI as a test tells it. */
final class WasiGuest implements AutoCloseable {

  static final int SUCCESS = 0;
  static final int FIRST_GIVEN = 3;

  /** Where results go. */
  static final int RESULT = 16;

  private static final int PATH = 1024;
  private static final int OTHER_PATH = 8192;
  private static final int IOVEC = 32;
  private static final int BUFFER = 65536;
  private static final long READ = 1 << 1;
  private static final long WRITE = 1 << 6;

  final TestRuntime runtime = new TestRuntime();
  private WasmSession session;

  WasiGuest(Consumer<WasiSettings.Builder> settings) {
    this.runtime.with(guest("wasi").settings(all -> all.wasi(settings)));
    this.session = this.runtime.manager.open("wasi");
  }

  static WasiGuest in(Path directory, WasiSettings.Access access) {
    return new WasiGuest(
        settings ->
            settings.directories(List.of(new WasiSettings.Directory("/data", directory, access))));
  }

  /** Gives the instance back and takes one again, as the next borrower does. */
  void borrowAgain() {
    this.session.close();
    this.session = this.runtime.manager.open("wasi");
  }

  int call(String function, long... arguments) {
    return (int) this.session.call(function, arguments)[0];
  }

  WasmMemory memory() {
    return this.session.memory();
  }

  long result() {
    return memory().readInt(RESULT) & 0xffffffffL;
  }

  private int put(int address, String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    memory().write(address, bytes);
    return bytes.length;
  }

  /** Calls a function that takes a descriptor and a path. */
  int path(String function, String path) {
    return call(function, FIRST_GIVEN, PATH, put(PATH, path));
  }

  int rename(String from, String to) {
    return call(
        "path_rename",
        FIRST_GIVEN,
        PATH,
        put(PATH, from),
        FIRST_GIVEN,
        OTHER_PATH,
        put(OTHER_PATH, to));
  }

  int symlink(String target, String path) {
    return call(
        "path_symlink", PATH, put(PATH, target), FIRST_GIVEN, OTHER_PATH, put(OTHER_PATH, path));
  }

  int link(String from, String to) {
    return call(
        "path_link",
        FIRST_GIVEN,
        0,
        PATH,
        put(PATH, from),
        FIRST_GIVEN,
        OTHER_PATH,
        put(OTHER_PATH, to));
  }

  int readLink(String path) {
    return call("path_readlink", FIRST_GIVEN, PATH, put(PATH, path), BUFFER, 1000, RESULT);
  }

  int stat(String path, boolean follow) {
    return call("path_filestat_get", FIRST_GIVEN, follow ? 1 : 0, PATH, put(PATH, path), RESULT);
  }

  void dive(String path) {
    this.session.call("dive", put(PATH, path));
  }

  int setTimes(String path, long accessed, long modified, int flags) {
    return call(
        "path_filestat_set_times",
        FIRST_GIVEN,
        0,
        PATH,
        put(PATH, path),
        accessed,
        modified,
        flags);
  }

  int open(String path, String how) {
    return open(FIRST_GIVEN, path, how);
  }

  /**
   * @param how letters: r and w for the rights, c, d, x and t for the flags, a to append
   */
  int open(int directory, String path, String how) {
    return open(directory, path, how, how.contains("a") ? 1 : 0);
  }

  int open(int directory, String path, String how, int fdFlags) {
    long flags =
        (how.contains("c") ? 1 : 0)
            | (how.contains("d") ? 2 : 0)
            | (how.contains("x") ? 4 : 0)
            | (how.contains("t") ? 8 : 0);
    long rights = (how.contains("r") ? READ : 0) | (how.contains("w") ? WRITE : 0);
    return call(
        "path_open", directory, 1, PATH, put(PATH, path), flags, rights, rights, fdFlags, RESULT);
  }

  /** Opens what can be opened. */
  int descriptor(String path, String how) {
    assertThat(open(path, how)).as(path).isEqualTo(SUCCESS);
    return (int) result();
  }

  /** What {@code fd_fdstat_get} tells of a descriptor: flags, rights, rights that are inherited. */
  long[] fdstat(int descriptor) {
    assertThat(call("fd_fdstat_get", descriptor, RESULT)).isEqualTo(SUCCESS);
    return new long[] {
      memory().readByte(RESULT + 2), memory().readLong(RESULT + 8), memory().readLong(RESULT + 16)
    };
  }

  int write(int descriptor, String text) {
    int length = put(BUFFER, text);
    memory().writeInt(IOVEC, BUFFER);
    memory().writeInt(IOVEC + 4, length);
    return call("fd_write", descriptor, IOVEC, 1, RESULT);
  }

  String read(int descriptor, int length) {
    memory().writeInt(IOVEC, BUFFER);
    memory().writeInt(IOVEC + 4, length);
    assertThat(call("fd_read", descriptor, IOVEC, 1, RESULT)).isEqualTo(SUCCESS);
    return memory().readString(BUFFER, (int) result());
  }

  String content(String path) {
    int descriptor = descriptor(path, "r");
    String content = read(descriptor, 1000);
    call("fd_close", descriptor);
    return content;
  }

  List<String> list(int directory, int bufferLength) {
    List<String> names = new ArrayList<>();
    long cookie = 0;
    while (true) {
      assertThat(call("fd_readdir", directory, BUFFER, bufferLength, cookie, RESULT))
          .isEqualTo(SUCCESS);
      int used = (int) result();
      int position = 0;
      while (position + 24 <= used) {
        int length = memory().readInt(BUFFER + position + 16);
        if (position + 24 + length > used) {
          break;
        }
        cookie = memory().readLong(BUFFER + position);
        names.add(memory().readString(BUFFER + position + 24, length));
        position += 24 + length;
      }
      if (used < bufferLength) {
        return names;
      }
    }
  }

  @Override
  public void close() {
    this.session.close();
    this.runtime.close();
  }
}
