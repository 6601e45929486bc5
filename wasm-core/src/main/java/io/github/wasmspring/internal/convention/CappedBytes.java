package io.github.wasmspring.internal.convention;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Collects bytes until there are too many. */
final class CappedBytes extends ByteArrayOutputStream {

  private static final int USUAL = 512;

  private final long most;
  private @Nullable PayloadTooLarge refusal;

  CappedBytes(long most) {
    super(USUAL);
    this.most = most;
  }

  @Override
  public synchronized void write(int single) {
    refuseBeyond(1);
    super.write(single);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    refuseBeyond(length);
    super.write(bytes, offset, length);
  }

  private void refuseBeyond(int more) {
    AnswerStream.requireTime();
    if (more > this.most - size()) {
      this.refusal = new PayloadTooLarge(size() + (long) more);
      throw this.refusal;
    }
  }

  /** What was thrown, in case that somebody wrapped it; {@code null} if there was room. */
  @Nullable PayloadTooLarge refusal() {
    return this.refusal;
  }
}
