package io.github.wasmspring.benchmarks.modules;

import io.github.wasmspring.benchmarks.Inputs;
import io.github.wasmspring.bundle.validation.SchemaReport;
import io.github.wasmspring.bundle.validation.Validation;
import io.github.wasmspring.bundle.validation.Verdict;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Single values as they come in forms, 100 KB of UTF-8, and 100 KB of JSON against a schema. */
public class ValidationBenchmark extends BundleBenchmark {

  private final byte[] text = Inputs.json(100_000).getBytes(StandardCharsets.UTF_8);
  private final String json = Inputs.json(100_000);
  private Validation validation = new Validation() {};

  @Setup
  public void setUp(BundledModulesState modules) {
    this.validation = modules.bind(Validation.class);
  }

  @Benchmark
  public Verdict email() {
    return this.validation.email("ada.lovelace+engine@mail.example.org", false);
  }

  @Benchmark
  public Verdict dateTime() {
    return this.validation.dateTime("2026-11-21T13:37:00.123+01:00");
  }

  @Benchmark
  public Verdict utf8() {
    return this.validation.utf8(this.text);
  }

  /** Every call reads the schema again; a session would not. */
  @Benchmark
  public SchemaReport validateSchema() {
    return this.validation.validateSchema(Inputs.SCHEMA, this.json);
  }
}
