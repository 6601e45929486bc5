package io.github.wasmspring.memory;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.compression.Compression;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compresses values in pieces, so that no call of the module takes long. Each piece is a length of
 * four bytes and so many bytes of deflate.
 */
final class PieceCompression {

  private static final int PIECE = 256 << 10;
  private static final int LEVEL = 6;

  private final Compression compression;

  PieceCompression(Compression compression) {
    this.compression = compression;
  }

  /** {@code null} if it gets no smaller; what does not in its first piece is not tried further. */
  byte @Nullable [] compress(byte[] plain) {
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    for (int at = 0; at < plain.length; at += PIECE) {
      byte[] piece = Arrays.copyOfRange(plain, at, Math.min(plain.length, at + PIECE));
      byte[] smaller = this.compression.deflate(piece, LEVEL);
      if (at == 0 && smaller.length + Integer.BYTES >= piece.length) {
        return null;
      }
      pieces.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(smaller.length).array());
      pieces.writeBytes(smaller);
    }
    return pieces.size() < plain.length ? pieces.toByteArray() : null;
  }

  /** What a value may have of which there are so many bytes: deflate makes no more of them. */
  static long most(int compressed) {
    return 1100L * compressed;
  }

  /**
   * @param size of the value
   * @return {@code null} if that is not its size
   * @throws WasmOperationException if a piece is damaged
   */
  byte @Nullable [] decompress(byte[] compressed, long size) {
    if (size < 0 || size > Integer.MAX_VALUE || size > most(compressed.length)) {
      return null;
    }
    byte[] plain = new byte[(int) size];
    ByteBuffer pieces = ByteBuffer.wrap(compressed);
    int at = 0;
    while (pieces.remaining() >= Integer.BYTES && at < plain.length) {
      int length = pieces.getInt();
      if (length < 0 || length > pieces.remaining()) {
        return null;
      }
      byte[] piece = new byte[length];
      pieces.get(piece);
      byte[] larger = this.compression.inflate(piece, Math.min(PIECE, plain.length - at));
      System.arraycopy(larger, 0, plain, at, larger.length);
      at += larger.length;
    }
    return at == plain.length && !pieces.hasRemaining() ? plain : null;
  }
}
