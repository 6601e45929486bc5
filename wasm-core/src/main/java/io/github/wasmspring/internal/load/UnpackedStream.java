package io.github.wasmspring.internal.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a decoder makes of packed bytes, whatever it throws at them. */
final class UnpackedStream extends FilterInputStream {

  private final Packing packing;

  UnpackedStream(InputStream decoder, Packing packing) {
    super(decoder);
    this.packing = packing;
  }

  static IOException damaged(String coding, Exception cause) {
    for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
      if (reason instanceof OversizeException || reason instanceof LateException) {
        return (IOException) reason;
      }
    }
    return new IOException(
        "it can't be unpacked with %s: it is damaged, cut off or something else (%s)"
            .formatted(
                coding,
                cause.getMessage() != null ? cause.getMessage() : cause.getClass().getSimpleName()),
        cause);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException | RuntimeException damaged) {
      throw damaged(this.packing.coding(), damaged);
    } catch (LinkageError unusable) {
      throw this.packing.unusable(unusable);
    }
  }

  /** Nobody can tell how much is still to come, and a guess would be taken for the size. */
  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
