package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.hash.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Hashes of 64 KiB. */
public class HashBenchmark extends BundleBenchmark {

  private final byte[] data = Inputs.bytes(64 << 10);
  private Hash hash = new Hash() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.hash = modules.bind(Hash.class);
  }

  @Benchmark
  public int crc32() {
    return this.hash.crc32(this.data);
  }

  @Benchmark
  public int murmur32() {
    return this.hash.murmur32(this.data, 0);
  }

  @Benchmark
  public long xxh64() {
    return this.hash.xxh64(this.data, 0);
  }

  @Benchmark
  public long xxh3() {
    return this.hash.xxh3(this.data, 0);
  }

  @Benchmark
  public byte[] sha512() {
    return this.hash.sha512(this.data);
  }

  @Benchmark
  public byte[] blake2b() {
    return this.hash.blake2b(this.data);
  }

  @Benchmark
  public byte[] blake3() {
    return this.hash.blake3(this.data);
  }
}
