package io.github.wasmspring.bundle.compression;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Compressor;

/** Writes one LZ4 frame, with independent blocks and a checksum of the content. */
final class Lz4FrameWriter {

  private static final int MAGIC = 0x184D2204;

  /** Version 1, independent blocks, checksum of the content. */
  private static final int FLAGS = 0x64;

  private static final int HAS_SIZE = 8;
  private static final int SMALL_BLOCK = 1 << 16;
  private static final int BLOCK = 1 << 18;
  private static final int UNCOMPRESSED = 1 << 31;

  private Lz4FrameWriter() {}

  static byte[] write(byte[] data, int level) {
    Faults.checkLevel(level, Lz4Block.LEVELS, "level");
    LZ4Compressor compressor = Lz4Block.compressor(level);
    int blocks = (data.length + BLOCK - 1) / BLOCK;
    ByteBuffer out =
        ByteBuffer.allocate(32 + data.length + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
    header(out, data.length);
    byte[] room = new byte[compressor.maxCompressedLength(Math.min(BLOCK, data.length))];
    for (int at = 0; at < data.length; at += BLOCK) {
      int length = Math.min(BLOCK, data.length - at);
      int made = compressor.compress(data, at, length, room, 0, room.length);
      if (made < length) {
        out.putInt(made).put(room, 0, made);
      } else {
        out.putInt(length | UNCOMPRESSED).put(data, at, length);
      }
    }
    out.putInt(0).putInt(Lz4Checksum.of(data, 0, data.length));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void header(ByteBuffer out, int size) {
    boolean small = size > 0 && size <= SMALL_BLOCK;
    out.putInt(MAGIC).put((byte) (size > 0 ? FLAGS | HAS_SIZE : FLAGS));
    out.put((byte) (small ? 0x40 : 0x50));
    if (size > 0) {
      out.putLong(size);
    }
    int checksum = Lz4Checksum.of(out.array(), 4, out.position() - 4);
    out.put((byte) (checksum >> 8));
  }
}
