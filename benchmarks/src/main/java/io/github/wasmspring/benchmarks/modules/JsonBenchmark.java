package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.json.Json;
import io.github.wasmspring.bundle.json.JsonValidation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** A document of 100,000 characters. */
public class JsonBenchmark extends BundleBenchmark {

  private final String document = Inputs.json(100_000);
  private Json json = new Json() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.json = modules.bind(Json.class);
  }

  @Benchmark
  public String format() {
    return this.json.format(this.document, 2, false);
  }

  @Benchmark
  public String minify() {
    return this.json.minify(this.document);
  }

  @Benchmark
  public JsonValidation validate() {
    return this.json.validate(this.document);
  }
}
