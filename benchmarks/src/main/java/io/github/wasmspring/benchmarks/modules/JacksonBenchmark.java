package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import org.openjdk.jmh.annotations.Benchmark;
import tools.jackson.databind.json.JsonMapper;

/** What an application would do with the document of {@link JsonBenchmark} otherwise. */
public class JacksonBenchmark extends BundleBenchmark {

  private final JsonMapper jackson = JsonMapper.builder().build();
  private final String document = Inputs.json(100_000);

  /** Reads a tree and writes it. */
  @Benchmark
  public String format() {
    return this.jackson
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(this.jackson.readTree(this.document));
  }
}
