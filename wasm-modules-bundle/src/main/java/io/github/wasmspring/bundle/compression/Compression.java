package io.github.wasmspring.bundle.compression;

import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;

/**
 * Compresses and decompresses bytes: gzip (RFC 1952), zlib (RFC 1950), deflate (RFC 1951), LZ4
 * (frame and block format) and brotli (RFC 7932). {@link StreamingCompression} takes data in
 * pieces.
 *
 * <p>What a compressor makes is not the same in module and fallback, nor in another version of
 * either; each side reads what the other wrote. Decompressors answer the same bytes.
 *
 * <p>Every decompressor takes {@code maxSize}, the most bytes that may come out; 0 stands for 64
 * MiB. It stops as soon as there would be more, and has not taken much more memory than that. The
 * whole input must be in the format: bytes after the end are refused. All of them throw {@link
 * WasmOperationException} with one of these codes:
 *
 * <ul>
 *   <li>{@code compression.data}: the input is not in the format, at about {@code offset()}
 *   <li>{@code compression.truncated}: the input ends too early
 *   <li>{@code compression.checksum}: a checksum or length inside the input is not that of the data
 *   <li>{@code compression.limit}: there is more data than {@code maxSize}
 *   <li>{@code compression.size}: {@code maxSize} is negative
 *   <li>{@code compression.memory}: the memory limit of the module does not suffice
 * </ul>
 *
 * <p>Compressors throw {@code compression.level} for a level that they do not have, and {@code
 * compression.memory}.
 *
 * <p>In Java LZ4 is compressed by the library lz4-java and brotli read by Google's decoder, which
 * an application that wants these fallbacks adds.
 */
@WasmModule("compression")
public interface Compression {

  /**
   * One member without a file name and time.
   *
   * @param level 0 (stored) to 9 (smallest), usually 6
   */
  default byte[] gzip(byte[] data, int level) {
    return JavaGzip.compress(data, level);
  }

  /** All members, one after the other. Checksums of headers, where there are any, are checked. */
  default byte[] gunzip(byte[] data, int maxSize) {
    return JavaGzip.decompress(data, maxSize);
  }

  /**
   * Deflate in the wrapper of zlib, which HTTP calls "deflate".
   *
   * @param level 0 (stored) to 9 (smallest), usually 6
   */
  default byte[] zlibCompress(byte[] data, int level) {
    return JavaDeflate.compress(data, level, false);
  }

  /** A stream that needs a preset dictionary is refused with {@code compression.data}. */
  default byte[] zlibDecompress(byte[] data, int maxSize) {
    return JavaDeflate.decompress(data, maxSize, false);
  }

  /**
   * Deflate without a wrapper, as in zip files. It has no checksum.
   *
   * @param level 0 (stored) to 9 (smallest), usually 6
   */
  default byte[] deflate(byte[] data, int level) {
    return JavaDeflate.compress(data, level, true);
  }

  /** Deflate without a wrapper. */
  default byte[] inflate(byte[] data, int maxSize) {
    return JavaDeflate.decompress(data, maxSize, true);
  }

  /**
   * One LZ4 frame with independent blocks of 64 or 256 KiB, the length and a checksum of the
   * content.
   *
   * @param level 0 to 2 (fast) and 3 to 12 (smallest), usually 0
   */
  @WasmFallbackNeeds(value = "at.yawk.lz4:lz4-java", type = "net.jpountz.lz4.LZ4Factory")
  default byte[] lz4Compress(byte[] data, int level) {
    return Lz4FrameWriter.write(data, level);
  }

  /**
   * All frames, one after the other; skippable ones are skipped, blocks may depend on those before
   * them. Frames of the legacy format and dictionaries are not supported.
   */
  default byte[] lz4Decompress(byte[] data, int maxSize) {
    return new Lz4FrameReader(data, maxSize).read();
  }

  /**
   * One LZ4 block without anything around it, neither length nor checksum.
   *
   * @param level 0 to 2 (fast) and 3 to 12 (smallest), usually 0
   */
  @WasmFallbackNeeds(value = "at.yawk.lz4:lz4-java", type = "net.jpountz.lz4.LZ4Factory")
  default byte[] lz4BlockCompress(byte[] data, int level) {
    return Lz4Block.compress(data, level);
  }

  /** One LZ4 block. */
  default byte[] lz4BlockDecompress(byte[] block, int maxSize) {
    return Lz4Block.decompress(block, maxSize);
  }

  /**
   * Brotli with a window of up to 4 MiB. The fallback compresses less than the module: it knows
   * neither the static dictionary nor contexts.
   *
   * @param quality 0 (fastest) to 11 (smallest and very slow); 5 is a good one for what is
   *     compressed on the fly
   */
  default byte[] brotliCompress(byte[] data, int quality) {
    return new BrotliEncoder(data, quality).encode();
  }

  /**
   * Brotli as in RFC 7932, without the extension for large windows. Input that ends too early is
   * {@code compression.data} here: the fallback can't tell it from damage.
   */
  @WasmFallbackNeeds(value = "org.brotli:dec", type = "org.brotli.dec.BrotliInputStream")
  default byte[] brotliDecompress(byte[] data, int maxSize) {
    return JavaBrotli.decompress(data, maxSize);
  }
}
