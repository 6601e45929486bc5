package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.memory.Memory;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Two arrays of 1 MiB that differ in every 64th KiB, and a JSON document of 100,000 bytes. */
public class MemoryBenchmark extends BundleBenchmark {

  private final byte[] before = Inputs.bytes(1 << 20);
  private final byte[] after = this.before.clone();
  private final byte[] text = Inputs.json(100_000).getBytes(StandardCharsets.UTF_8);
  private Memory memory = new Memory() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    for (int i = 1000; i < this.after.length; i += 64 << 10) {
      this.after[i]++;
    }
    this.memory = modules.bind(Memory.class);
  }

  @Benchmark
  public byte[] copy() {
    return this.memory.copy(this.before, 0, this.before.length);
  }

  @Benchmark
  public int[] differingRanges() {
    return this.memory.differingRanges(this.before, this.after, 0);
  }

  @Benchmark
  public byte[] compressBlock() {
    return this.memory.compressBlock(this.text);
  }
}
