package io.github.wasmspring.sample;

import io.github.wasmspring.WasmCaller;
import io.github.wasmspring.WasmFallback;
import io.github.wasmspring.WasmImport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The examples of docs/getting-started.md, compiled and run by {@link DocumentationTest}. */
final class GettingStartedExamples {

  private GettingStartedExamples() {}

  @WasmModule("greeter")
  static class GreeterInJava {

    @WasmImport(module = "env")
    void log(WasmCaller caller, int address, int length) {
      System.out.println(caller.memory().readString(address, length));
    }

    @WasmFallback("greet")
    String greet(String name, boolean fail) {
      return "Hello, " + name + "! Nice to meet you.";
    }
  }

  static CompletableFuture<WasmResult<String>> formatLater(WasmModuleManager manager) {
    return manager
        .module("json")
        .operation("format")
        .input("{\"b\":1}")
        .priority(WasmPriority.HIGH)
        .<String>retrieveAsync(String.class)
        .orTimeout(30, TimeUnit.SECONDS);
  }

  static long hashInSession(WasmModuleManager manager) {
    try (WasmSession session = manager.open("strings")) {
      int address = (int) session.call("wasm_alloc", 5)[0];
      session.memory().write(address, "hello".getBytes(StandardCharsets.UTF_8));
      return session.call("hash", address, 5)[0];
    }
  }
}
