package io.github.wasmspring.bundle.hash;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.apache.commons.codec.digest.Blake3;

/** What the operations of the hash module answer in Java. */
final class JavaHashes {

  private JavaHashes() {}

  static int xxh32(byte[] data, int seed) {
    return XxHash32.hash(data, seed);
  }

  static long xxh64(byte[] data, long seed) {
    return XxHash64.hash(data, seed);
  }

  static long xxh3(byte[] data, long seed) {
    return Hashing.xxh3_64(seed).hashBytesToLong(data);
  }

  static byte[] xxh128(byte[] data, long seed) {
    HashValue128 hash = Hashing.xxh3_128(seed).hashBytesTo128Bits(data);
    return ByteBuffer.allocate(16)
        .putLong(hash.getMostSignificantBits())
        .putLong(hash.getLeastSignificantBits())
        .array();
  }

  static int murmur32(byte[] data, int seed) {
    return Hashing.murmur3_32(seed).hashBytesToInt(data);
  }

  static byte[] murmur128(byte[] data, int seed) {
    HashValue128 hash = Hashing.murmur3_128(seed).hashBytesTo128Bits(data);
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(hash.getLeastSignificantBits())
        .putLong(hash.getMostSignificantBits())
        .array();
  }

  static int crc32(byte[] data) {
    return checksum(new CRC32(), data);
  }

  static int crc32c(byte[] data) {
    return checksum(new CRC32C(), data);
  }

  static int adler32(byte[] data) {
    return checksum(new Adler32(), data);
  }

  private static int checksum(Checksum checksum, byte[] data) {
    checksum.update(data);
    return (int) checksum.getValue();
  }

  static int fnv1a32(byte[] data) {
    int hash = 0x811C9DC5;
    for (byte octet : data) {
      hash = (hash ^ (octet & 0xff)) * 0x01000193;
    }
    return hash;
  }

  static long fnv1a64(byte[] data) {
    long hash = 0xCBF29CE484222325L;
    for (byte octet : data) {
      hash = (hash ^ (octet & 0xff)) * 0x100000001B3L;
    }
    return hash;
  }

  static byte[] sha1(byte[] data) {
    return digest("SHA-1", data);
  }

  static byte[] sha512(byte[] data) {
    return digest("SHA-512", data);
  }

  private static byte[] digest(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("This JDK lacks " + algorithm, missing);
    }
  }

  static byte[] blake2b(byte[] data) {
    return Blake2b.hash(data);
  }

  static byte[] blake3(byte[] data) {
    return Blake3.hash(data);
  }
}
