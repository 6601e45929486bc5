package io.github.wasmspring.sample;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleManager;
import java.time.Duration;

/** The examples of the README, compiled and run by {@link DocumentationTest}. */
final class ReadmeExamples {

  private ReadmeExamples() {}

  @WasmModule("greeter")
  interface Greetings {

    default String greet(String name, boolean fail) {
      return "Hello, " + name + "! Nice to meet you.";
    }
  }

  static WasmResult<String> format(WasmModuleManager manager) {
    WasmResult<String> result =
        manager
            .module("json")
            .operation("format")
            .input("{\"b\":1,\"a\":[]}")
            .option("indent", 2)
            .timeout(Duration.ofMillis(50))
            .retrieve(String.class);
    return result;
  }
}
