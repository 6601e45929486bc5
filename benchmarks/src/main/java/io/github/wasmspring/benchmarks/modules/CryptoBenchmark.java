package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.crypto.Crypto;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Digests and AES-128 of 64 KiB. */
public class CryptoBenchmark extends BundleBenchmark {

  private final byte[] data = Inputs.bytes(64 << 10);
  private final byte[] key = Inputs.bytes(16);
  private final byte[] nonce = Inputs.bytes(12);
  private Crypto crypto = new Crypto() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.crypto = modules.bind(Crypto.class);
  }

  @Benchmark
  public byte[] sha256() {
    return this.crypto.sha256(this.data);
  }

  @Benchmark
  public byte[] md5() {
    return this.crypto.md5(this.data);
  }

  @Benchmark
  public byte[] hmacSha256() {
    return this.crypto.hmacSha256(this.key, this.data);
  }

  @Benchmark
  public byte[] aesCtr() {
    return this.crypto.aesCtr(this.key, this.key, this.data);
  }

  @Benchmark
  public byte[] aesGcmEncrypt() {
    return this.crypto.aesGcmEncrypt(this.key, this.nonce, new byte[0], this.data);
  }
}
