package io.github.wasmspring.bundle.compression;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Puts LZ4 frames together by hand, after the description of the format. */
final class Lz4Frames {

  static final int LINKED = 0x40;
  static final int INDEPENDENT = 0x60;
  static final int BLOCK_CHECKSUM = 0x10;
  static final int CONTENT_SIZE = 8;
  static final int CONTENT_CHECKSUM = 4;
  static final int DICTIONARY_ID = 1;
  static final int BLOCKS_OF_64_KB = 0x40;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int flags;

  Lz4Frames(int flags, int sizes, long contentSize) {
    this.flags = flags;
    ByteBuffer descriptor = ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN);
    descriptor.put((byte) flags).put((byte) sizes);
    if ((flags & CONTENT_SIZE) != 0) {
      descriptor.putLong(contentSize);
    }
    if ((flags & DICTIONARY_ID) != 0) {
      descriptor.putInt(42);
    }
    word(0x184D2204);
    this.out.write(descriptor.array(), 0, descriptor.position());
    this.out.write(xxh32(Arrays.copyOf(descriptor.array(), descriptor.position())) >> 8);
  }

  static Lz4Frames of(int flags) {
    return new Lz4Frames(flags, BLOCKS_OF_64_KB, 0);
  }

  static byte[] skippable(int number, byte[] content) {
    return ByteBuffer.allocate(8 + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x184D2A50 + number)
        .putInt(content.length)
        .put(content)
        .array();
  }

  Lz4Frames stored(byte[] block) {
    return block(block.length | 1 << 31, block);
  }

  Lz4Frames compressed(byte[] block) {
    return block(block.length, block);
  }

  private Lz4Frames block(int size, byte[] block) {
    word(size);
    this.out.writeBytes(block);
    if ((this.flags & BLOCK_CHECKSUM) != 0) {
      word(xxh32(block));
    }
    return this;
  }

  byte[] end(byte[] content) {
    word(0);
    if ((this.flags & CONTENT_CHECKSUM) != 0) {
      word(xxh32(content));
    }
    return this.out.toByteArray();
  }

  private void word(int word) {
    this.out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(word).array());
  }

  private static int xxh32(byte[] bytes) {
    return Hashing.xxh32().hashBytesToInt(bytes);
  }
}
