package io.github.wasmspring.benchmarks;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmRuntime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/** The module {@code json} beside its Java fallback and beside Jackson, on 100 KB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonBenchmark {

  /** WASM for the module, JAVA for its fallback. */
  @Param({"WASM", "JAVA"})
  private WasmExecutionMode mode = WasmExecutionMode.WASM;

  private final JsonMapper jackson = JsonMapper.builder().build();
  private WasmRuntime runtime;
  private String document = "";

  @Setup
  public void setUp() {
    this.runtime = WasmRuntime.withInstalledModules();
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; json.length() < 100_000; i++) {
      json.append(
          "{\"id\":%d,\"name\":\"person %d\",\"scores\":[%d.5,-1e3,true,null]},"
              .formatted(i, i, i));
    }
    this.document = json.append("0]").toString();
  }

  @TearDown
  public void tearDown() {
    this.runtime.close();
  }

  private OperationSpec operation(String name) {
    return this.runtime
        .manager()
        .module("json")
        .operation(name)
        .input(this.document)
        .mode(this.mode);
  }

  @Benchmark
  public String format() {
    return operation("format").option("indent", 2).retrieve(String.class).value();
  }

  @Benchmark
  public String minify() {
    return operation("minify").retrieve(String.class).value();
  }

  /** Reads a tree and writes it; the mode means nothing here. */
  @Benchmark
  public String jacksonTree() {
    return this.jackson.writeValueAsString(this.jackson.readTree(this.document));
  }
}
