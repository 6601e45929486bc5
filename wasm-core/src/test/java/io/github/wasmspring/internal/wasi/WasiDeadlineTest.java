package io.github.wasmspring.internal.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that a guest can give much to do: a deadline, which interrupts, stops them midway. */
@Timeout(60)
class WasiDeadlineTest {

  private static final int PATH = 1024;
  private static final int IOVEC = 32;
  private static final int RESULT = 16;
  private static final int BUFFER = 4096;
  private static final int GIVEN = 3;
  private static final int STDIN = 0;
  private static final int STDERR = 2;

  @TempDir Path directory;
  private final FakeCaller caller = new FakeCaller();
  private WasiFunctions functions;

  @BeforeEach
  void giveDirectory() throws IOException {
    Files.createDirectories(this.directory.resolve("a/b"));
    Files.writeString(this.directory.resolve("a/b/c"), "text");
    this.functions =
        new WasiFunctions(
            WasmModuleDescriptor.builder("late")
                .location("bytes:late")
                .settings(
                    settings ->
                        settings.wasi(
                            wasi ->
                                wasi.directories(
                                    List.of(
                                        new WasiSettings.Directory(
                                            "/data",
                                            this.directory,
                                            WasiSettings.Access.READ_WRITE)))))
                .build());
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private void assertStopped(String function, long... arguments) throws Exception {
    assertThat(call(function, arguments)).isZero();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> call(function, arguments)).isInstanceOf(InterruptedException.class);
  }

  private long call(String function, long... arguments) throws Exception {
    return this.functions.get(function).function().call(this.caller, arguments)[0];
  }

  private static int path(WasmMemory memory, String path) {
    memory.write(PATH, path.getBytes());
    return path.length();
  }

  private void buffer(int length) {
    this.caller.memory.writeInt(IOVEC, BUFFER);
    this.caller.memory.writeInt(IOVEC + 4, length);
  }

  @Test
  void readingADirectory() throws Exception {
    assertStopped("fd_readdir", GIVEN, BUFFER, 60_000, 0, RESULT);
  }

  @Test
  void readingOnInADirectory() throws Exception {
    call("fd_readdir", GIVEN, BUFFER, 60_000, 0, RESULT);

    assertStopped("fd_readdir", GIVEN, BUFFER, 60_000, 1, RESULT);
  }

  @Test
  void goingDownAPath() throws Exception {
    int length = path(this.caller.memory, "a/b/c");

    assertStopped("path_filestat_get", GIVEN, 0, PATH, length, BUFFER);
  }

  @Test
  void randomNumbers() throws Exception {
    assertStopped("random_get", BUFFER, 60_000);
  }

  @Test
  void writing() throws Exception {
    buffer(60_000);

    assertStopped("fd_write", STDERR, IOVEC, 1, RESULT);
  }

  @Test
  void reading() throws Exception {
    buffer(60_000);

    assertStopped("fd_read", STDIN, IOVEC, 1, RESULT);
  }

  /** An instance that is only memory. */
  private static final class FakeCaller implements WasmCaller {

    private final FakeMemory memory = new FakeMemory(ByteBuffer.allocate(65_536));
    private final Map<Class<?>, Object> attributes = new HashMap<>();

    @Override
    public WasmMemory memory() {
      return this.memory;
    }

    @Override
    public <T> T attribute(Class<T> type, Supplier<T> initial) {
      return type.cast(this.attributes.computeIfAbsent(type, any -> initial.get()));
    }

    @Override
    public WasmGlobal global(String export) {
      throw new NoSuchElementException(export);
    }

    @Override
    public WasmTable table(String export) {
      throw new NoSuchElementException(export);
    }

    @Override
    public long[] call(String export, long... arguments) {
      throw new NoSuchElementException(export);
    }
  }

  private record FakeMemory(ByteBuffer bytes) implements WasmMemory {

    FakeMemory {
      bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int size() {
      return this.bytes.capacity();
    }

    @Override
    public byte readByte(int address) {
      return this.bytes.get(address);
    }

    @Override
    public int readInt(int address) {
      return this.bytes.getInt(address);
    }

    @Override
    public long readLong(int address) {
      return this.bytes.getLong(address);
    }

    @Override
    public void writeByte(int address, byte value) {
      this.bytes.put(address, value);
    }

    @Override
    public void writeInt(int address, int value) {
      this.bytes.putInt(address, value);
    }

    @Override
    public void writeLong(int address, long value) {
      this.bytes.putLong(address, value);
    }

    @Override
    public void read(int address, byte[] target, int offset, int length) {
      this.bytes.get(address, target, offset, length);
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
      this.bytes.put(address, source, offset, length);
    }

    @Override
    public ByteBuffer window(int address, int length) {
      return this.bytes.slice(address, length).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
