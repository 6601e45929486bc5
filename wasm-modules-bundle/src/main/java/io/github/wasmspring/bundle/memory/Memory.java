package io.github.wasmspring.bundle.memory;

import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;

/**
 * Copies, fills and compares bytes, finds where two arrays differ, and makes them smaller in a
 * hurry.
 *
 * <p>All but {@link #compressBlock} answer the same bytes in module and fallback. Where the memory
 * limit of the module does not suffice, all of them throw {@link WasmOperationException} with
 * {@code memory.memory}.
 */
@WasmModule("memory")
public interface Memory {

  /**
   * A part of {@code data}, through the memory of the module.
   *
   * @throws WasmOperationException {@code memory.range} if the part is not inside the data
   */
  default byte[] copy(byte[] data, int from, int length) {
    return JavaMemory.copy(data, from, length);
  }

  /**
   * An array of {@code length} bytes that are all the same.
   *
   * @param value of which the lowest eight bits count
   * @throws WasmOperationException {@code memory.range} if the length is negative
   */
  default byte[] fill(int length, int value) {
    return JavaMemory.fill(length, value);
  }

  /**
   * Compares as {@link java.util.Arrays#compareUnsigned(byte[], byte[])} does: the first byte that
   * differs decides, then the length.
   *
   * @return -1, 0 or 1
   */
  default int compare(byte[] a, byte[] b) {
    return JavaMemory.compare(a, b);
  }

  /**
   * Where two arrays begin to differ, as {@link java.util.Arrays#mismatch(byte[], byte[])} has it.
   *
   * @return -1 if they are equal; the shorter length if one begins with the other
   */
  default int mismatch(byte[] a, byte[] b) {
    return JavaMemory.mismatch(a, b);
  }

  /**
   * All ranges where two arrays differ. Where one is longer, what it has more counts as different.
   *
   * @param gap how many equal bytes between two ranges are too few to part them; 0 for the exact
   *     ranges
   * @return pairs of where a range begins and the index behind its end, in ascending order
   * @throws WasmOperationException {@code memory.range} if the gap is negative
   */
  default int[] differingRanges(byte[] a, byte[] b, int gap) {
    return JavaMemory.differingRanges(a, b, gap);
  }

  /**
   * An LZ4 block, without a length or checksum. The same block need not come from module and
   * fallback; each reads that of the other. In Java it is made by the library lz4-java, which an
   * application that wants this fallback adds.
   */
  @WasmFallbackNeeds(value = "at.yawk.lz4:lz4-java", type = "net.jpountz.lz4.LZ4Factory")
  default byte[] compressBlock(byte[] data) {
    return JavaMemory.compressBlock(data);
  }

  /**
   * What is in an LZ4 block.
   *
   * @param maxSize the most bytes that may come out, 0 for 64 MiB
   * @throws WasmOperationException {@code memory.data} if it is corrupt, {@code memory.truncated}
   *     if it ends too early, {@code memory.limit} if there is more than {@code maxSize}, {@code
   *     memory.range} if that is negative
   */
  default byte[] decompressBlock(byte[] block, int maxSize) {
    return JavaMemory.decompressBlock(block, maxSize);
  }
}
