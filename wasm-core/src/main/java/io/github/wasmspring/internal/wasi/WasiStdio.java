package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.engine.WasmGuestExit;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The standard streams and arguments that a command is run with. An instance of a module that is no
 * command has one too, which is empty.
 */
public final class WasiStdio {

  /** Enough for the message of a panic. */
  private static final int MAX_ERRORS = 8192;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private ByteBuffer input = NOTHING;
  private List<String> arguments = List.of();
  private long outputLimit = -1;
  private boolean commanded;
  private boolean overflown;

  /**
   * A command is about to run.
   *
   * @param input what it reads
   * @param arguments what it sees behind the configured ones
   * @param outputLimit the most bytes that it may write to standard output, -1 if that is not the
   *     answer
   */
  public void command(byte[] input, List<String> arguments, long outputLimit) {
    this.input = ByteBuffer.wrap(input).asReadOnlyBuffer();
    this.arguments = List.copyOf(arguments);
    this.outputLimit = outputLimit;
    this.commanded = true;
  }

  /** What a command has written. */
  public byte[] output() {
    return this.output.toByteArray();
  }

  /** Whether a command was ended because it wrote more than it may. */
  public boolean isOverflown() {
    return this.overflown;
  }

  /** What a command has complained about, as far as it fits a message. */
  public String errors() {
    return this.errors.toString(StandardCharsets.UTF_8).strip();
  }

  List<String> arguments() {
    return this.arguments;
  }

  int read(ByteBuffer target) {
    if (!this.input.hasRemaining()) {
      return -1;
    }
    int length = Math.min(this.input.remaining(), target.remaining());
    target.put(this.input.slice(this.input.position(), length));
    this.input.position(this.input.position() + length);
    return length;
  }

  int available() {
    return this.input.remaining();
  }

  /** Whether standard output is the answer; if so, the bytes are taken. */
  boolean captureOutput(ByteBuffer bytes) {
    if (this.outputLimit < 0) {
      return false;
    }
    if (this.output.size() + (long) bytes.remaining() > this.outputLimit) {
      this.overflown = true;
      throw new WasmGuestExit(1);
    }
    append(this.output, bytes);
    return true;
  }

  /** Keeps the beginning of what a command complains about; the log may have it all. */
  boolean captureErrors(ByteBuffer bytes) {
    if (this.commanded) {
      int kept = Math.min(bytes.remaining(), MAX_ERRORS - this.errors.size());
      append(this.errors, bytes.slice(bytes.position(), kept));
    }
    return false;
  }

  private static void append(ByteArrayOutputStream target, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    target.write(copy, 0, copy.length);
  }
}
