package io.github.wasmspring.bundle.memory;

import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.bundle.compression.Compression;
import java.util.Arrays;
import java.util.function.Supplier;

/** What the operations of the memory module answer in Java. */
final class JavaMemory {

  private static final Compression BLOCKS = new Compression() {};
  private static final int FAST = 1;

  private JavaMemory() {}

  static byte[] copy(byte[] data, int from, int length) {
    if (from < 0 || length < 0 || from > data.length || length > data.length - from) {
      throw badRange("The range is not inside the data");
    }
    return Arrays.copyOfRange(data, from, from + length);
  }

  static byte[] fill(int length, int value) {
    if (length < 0) {
      throw badRange("The range is not inside the data");
    }
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static int compare(byte[] a, byte[] b) {
    return Integer.signum(Arrays.compareUnsigned(a, b));
  }

  static int mismatch(byte[] a, byte[] b) {
    return Arrays.mismatch(a, b);
  }

  static int[] differingRanges(byte[] a, byte[] b, int gap) {
    if (gap < 0) {
      throw badRange("The gap must not be negative");
    }
    return new DifferingRanges(a, b, gap).find();
  }

  static byte[] compressBlock(byte[] data) {
    return BLOCKS.lz4BlockCompress(data, FAST);
  }

  static byte[] decompressBlock(byte[] block, int maxSize) {
    if (maxSize < 0) {
      throw badRange("The range is not inside the data");
    }
    return renamed(() -> BLOCKS.lz4BlockDecompress(block, maxSize));
  }

  /** The fallback of the module compression has codes of its own. */
  private static byte[] renamed(Supplier<byte[]> call) {
    try {
      return call.get();
    } catch (WasmOperationException fault) {
      String code = fault.code().replaceFirst("^compression\\.", "memory.");
      String message = fault.getMessage();
      throw new WasmOperationException(code, message == null ? code : message, fault.offset());
    }
  }

  private static WasmOperationException badRange(String message) {
    return new WasmOperationException("memory.range", message, null);
  }
}
