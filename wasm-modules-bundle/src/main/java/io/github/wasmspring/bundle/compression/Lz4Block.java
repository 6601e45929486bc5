package io.github.wasmspring.bundle.compression;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** LZ4 blocks; lz4-java compresses them without native code. */
final class Lz4Block {

  static final int LEVELS = 12;

  private static final int FIRST_HIGH_LEVEL = 3;

  private Lz4Block() {}

  static byte[] compress(byte[] data, int level) {
    Faults.checkLevel(level, LEVELS, "level");
    return compressor(level).compress(data);
  }

  static LZ4Compressor compressor(int level) {
    LZ4Factory factory = LZ4Factory.safeInstance();
    return level < FIRST_HIGH_LEVEL ? factory.fastCompressor() : factory.highCompressor(level);
  }

  static byte[] decompress(byte[] block, int limit) {
    int most = Faults.limit(limit);
    Lz4Extent extent = Lz4Extent.of(block, 0, block.length, 0);
    if (extent.truncated()) {
      throw Faults.truncated(block.length);
    }
    if (!extent.sound()) {
      throw Faults.data(extent.offset());
    }
    if (extent.size() > most) {
      throw Faults.limit();
    }
    byte[] out = new byte[extent.size()];
    if (!new Lz4BlockDecoder(block, 0, block.length, out, 0, out.length).decode()) {
      throw Faults.data(block.length);
    }
    return out;
  }
}
