package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.compression.Compression;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** A JSON document of 100,000 bytes. */
public class CompressionBenchmark extends BundleBenchmark {

  private final byte[] data = Inputs.json(100_000).getBytes(StandardCharsets.UTF_8);
  private Compression compression = new Compression() {};
  private byte[] gzip = {};
  private byte[] lz4 = {};
  private byte[] brotli = {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.compression = modules.bind(Compression.class);
    this.gzip = this.compression.gzip(this.data, 6);
    this.lz4 = this.compression.lz4Compress(this.data, 0);
    this.brotli = this.compression.brotliCompress(this.data, 5);
  }

  @Benchmark
  public byte[] gzip() {
    return this.compression.gzip(this.data, 6);
  }

  @Benchmark
  public byte[] gunzip() {
    return this.compression.gunzip(this.gzip, 0);
  }

  @Benchmark
  public byte[] lz4() {
    return this.compression.lz4Compress(this.data, 0);
  }

  @Benchmark
  public byte[] unlz4() {
    return this.compression.lz4Decompress(this.lz4, 0);
  }

  @Benchmark
  public byte[] brotli() {
    return this.compression.brotliCompress(this.data, 5);
  }

  @Benchmark
  public byte[] unbrotli() {
    return this.compression.brotliDecompress(this.brotli, 0);
  }
}
