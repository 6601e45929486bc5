package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.strings.Strings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Text of 100,000 characters, and for the hash of 1,000. */
public class StringsBenchmark extends BundleBenchmark {

  private final String text = Inputs.json(100_000);
  private final String kilobyte = Inputs.json(1_000);
  private Strings strings = new Strings() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.strings = modules.bind(Strings.class);
  }

  @Benchmark
  public long hash() {
    return this.strings.hash(this.kilobyte);
  }

  @Benchmark
  public int search() {
    return this.strings.search(this.text, "no such person");
  }

  @Benchmark
  public int count() {
    return this.strings.count(this.text, "person");
  }
}
