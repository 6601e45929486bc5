package io.github.wasmspring.bundle.hash;

import java.nio.ByteBuffer;

/** The operations of the module under one roof; numbers become bytes, the highest first. */
enum HashAlgorithm {
  XXH32 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.xxh32(data, (int) seed));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.xxh32New((int) seed);
    }
  },
  XXH64 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.xxh64(data, seed));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.xxh64New(seed);
    }
  },
  XXH3 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.xxh3(data, seed));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.xxh3New(seed);
    }
  },
  XXH128 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return hash.xxh128(data, seed);
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.xxh128New(seed);
    }
  },
  MURMUR32 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.murmur32(data, (int) seed));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.murmur32New((int) seed);
    }
  },
  MURMUR128 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return hash.murmur128(data, (int) seed);
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.murmur128New((int) seed);
    }
  },
  CRC32 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.crc32(data));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.crc32New();
    }
  },
  CRC32C {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.crc32c(data));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.crc32cNew();
    }
  },
  ADLER32 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.adler32(data));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.adler32New();
    }
  },
  FNV1A32 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.fnv1a32(data));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.fnv1a32New();
    }
  },
  FNV1A64 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return bytes(hash.fnv1a64(data));
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.fnv1a64New();
    }
  },
  SHA1 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return hash.sha1(data);
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.sha1New();
    }
  },
  SHA512 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return hash.sha512(data);
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.sha512New();
    }
  },
  BLAKE2B {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return hash.blake2b(data);
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.blake2bNew();
    }
  },
  BLAKE3 {
    @Override
    byte[] hash(Hash hash, byte[] data, long seed) {
      return hash.blake3(data);
    }

    @Override
    int begin(IncrementalHash hash, long seed) {
      return hash.blake3New();
    }
  };

  abstract byte[] hash(Hash hash, byte[] data, long seed);

  abstract int begin(IncrementalHash hash, long seed);

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }
}
