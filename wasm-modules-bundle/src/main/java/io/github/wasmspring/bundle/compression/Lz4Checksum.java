package io.github.wasmspring.bundle.compression;

import io.github.wasmspring.bundle.hash.Hash;
import java.util.Arrays;

/** The checksum of headers, blocks and contents in LZ4 frames: xxHash32. */
final class Lz4Checksum {

  private static final Hash HASHES = new Hash() {};

  private Lz4Checksum() {}

  static int of(byte[] bytes, int from, int length) {
    boolean whole = from == 0 && length == bytes.length;
    return HASHES.xxh32(whole ? bytes : Arrays.copyOfRange(bytes, from, from + length), 0);
  }
}
