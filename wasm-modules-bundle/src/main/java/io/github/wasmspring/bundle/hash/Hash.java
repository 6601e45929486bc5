package io.github.wasmspring.bundle.hash;

import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmModule;

/**
 * Checksums, fast hashes and digests of bytes.
 *
 * <p>Hashes of 32 and 64 bits are numbers, to be read as unsigned ({@link Integer#toHexString}
 * prints them as other tools do). Longer ones are arrays in the order in which other tools print
 * them. No input is invalid, the empty one included.
 *
 * <p>Only SHA-512, BLAKE2b and BLAKE3 are for security, and none of them alone is for passwords.
 * The others can be made to collide on purpose, whether they have a seed or not. {@link
 * IncrementalHash} takes input in pieces.
 *
 * <p>In Java XXH3 and MurmurHash3 are those of the library hash4j, and BLAKE3 that of Commons
 * Codec, which an application that wants these fallbacks adds.
 */
@WasmModule("hash")
public interface Hash {

  /**
   * xxHash32. Not for security.
   *
   * @param seed any number, usually 0
   */
  default int xxh32(byte[] data, int seed) {
    return JavaHashes.xxh32(data, seed);
  }

  /**
   * xxHash64. Not for security.
   *
   * @param seed any number, usually 0
   */
  default long xxh64(byte[] data, long seed) {
    return JavaHashes.xxh64(data, seed);
  }

  /**
   * XXH3 with 64 bits, the fastest one here for what is not tiny. Not for security.
   *
   * @param seed any number, usually 0
   */
  @WasmFallbackNeeds(
      value = "com.dynatrace.hash4j:hash4j",
      type = "com.dynatrace.hash4j.hashing.Hashing")
  default long xxh3(byte[] data, long seed) {
    return JavaHashes.xxh3(data, seed);
  }

  /**
   * XXH3 with 128 bits, also called XXH128. Not for security.
   *
   * @param seed any number, usually 0
   * @return 16 bytes, the most significant one first ("canonical")
   */
  @WasmFallbackNeeds(
      value = "com.dynatrace.hash4j:hash4j",
      type = "com.dynatrace.hash4j.hashing.Hashing")
  default byte[] xxh128(byte[] data, long seed) {
    return JavaHashes.xxh128(data, seed);
  }

  /**
   * MurmurHash3_x86_32. Not for security.
   *
   * @param seed any number, usually 0
   */
  @WasmFallbackNeeds(
      value = "com.dynatrace.hash4j:hash4j",
      type = "com.dynatrace.hash4j.hashing.Hashing")
  default int murmur32(byte[] data, int seed) {
    return JavaHashes.murmur32(data, seed);
  }

  /**
   * MurmurHash3_x64_128. Not for security.
   *
   * @param seed any number, usually 0; unsigned
   * @return 16 bytes, two halves of 64 bits with the least significant byte first, as the original
   *     leaves them in the memory of x86-64
   */
  @WasmFallbackNeeds(
      value = "com.dynatrace.hash4j:hash4j",
      type = "com.dynatrace.hash4j.hashing.Hashing")
  default byte[] murmur128(byte[] data, int seed) {
    return JavaHashes.murmur128(data, seed);
  }

  /** CRC-32 as in gzip, zip and PNG. Finds accidents, not attacks. */
  default int crc32(byte[] data) {
    return JavaHashes.crc32(data);
  }

  /** CRC-32C (Castagnoli) as in iSCSI, ext4 and Kafka. Finds accidents, not attacks. */
  default int crc32c(byte[] data) {
    return JavaHashes.crc32c(data);
  }

  /** Adler-32 as in zlib. Finds accidents, not attacks, and is weak on short input. */
  default int adler32(byte[] data) {
    return JavaHashes.adler32(data);
  }

  /** FNV-1a with 32 bits. Not for security. */
  default int fnv1a32(byte[] data) {
    return JavaHashes.fnv1a32(data);
  }

  /** FNV-1a with 64 bits. Not for security. */
  default long fnv1a64(byte[] data) {
    return JavaHashes.fnv1a64(data);
  }

  /**
   * SHA-1. Not for security: collisions are known.
   *
   * @return 20 bytes
   */
  default byte[] sha1(byte[] data) {
    return JavaHashes.sha1(data);
  }

  /**
   * SHA-512 of FIPS 180-4.
   *
   * @return 64 bytes
   */
  default byte[] sha512(byte[] data) {
    return JavaHashes.sha512(data);
  }

  /**
   * BLAKE2b-512 of RFC 7693, without a key.
   *
   * @return 64 bytes
   */
  default byte[] blake2b(byte[] data) {
    return JavaHashes.blake2b(data);
  }

  /**
   * BLAKE3 with 256 bits, without a key.
   *
   * @return 32 bytes
   */
  @WasmFallbackNeeds(
      value = "commons-codec:commons-codec",
      type = "org.apache.commons.codec.digest.Blake3")
  default byte[] blake3(byte[] data) {
    return JavaHashes.blake3(data);
  }
}
