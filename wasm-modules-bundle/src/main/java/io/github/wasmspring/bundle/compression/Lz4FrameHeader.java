package io.github.wasmspring.bundle.compression;

import java.nio.ByteBuffer;

/**
 * What stands at the beginning of a frame.
 *
 * @param contentSize unsigned, 0 where it is not said
 * @param blockSize the most bytes that a block may have, decoded
 */
record Lz4FrameHeader(
    boolean independentBlocks,
    boolean blockChecksum,
    boolean contentChecksum,
    long contentSize,
    int blockSize) {

  private static final int MAGIC = 0x184D2204;
  private static final int SHORTEST = 7;

  /** Reads from where {@code in} stands to the end of the header. Seven bytes must be there. */
  static Lz4FrameHeader read(ByteBuffer in) {
    int from = in.position();
    int flags = in.get(from + 4);
    if (in.getInt(from) != MAGIC || (flags & 2) != 0 || (flags >> 6 & 3) != 1) {
      throw Faults.data(from);
    }
    boolean hasSize = (flags & 8) != 0;
    int length = SHORTEST + (hasSize ? 8 : 0) + ((flags & 1) != 0 ? 4 : 0);
    if (in.remaining() < length) {
      throw Faults.truncated(in.limit());
    }
    int sizes = in.get(from + 5);
    int sizeId = sizes >> 4 & 7;
    if ((sizes & 0x8f) != 0 || sizeId < 4) {
      throw Faults.data(from);
    }
    int checksum = Lz4Checksum.of(in.array(), from + 4, length - 5);
    if ((byte) (checksum >> 8) != in.get(from + length - 1)) {
      throw Faults.checksum(from);
    }
    in.position(from + length);
    return new Lz4FrameHeader(
        (flags & 32) != 0,
        (flags & 16) != 0,
        (flags & 4) != 0,
        hasSize ? in.getLong(from + 6) : 0,
        1 << 2 * sizeId + 8);
  }
}
