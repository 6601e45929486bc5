package io.github.wasmspring.sample;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The examples of docs/without-spring.md, compiled and run by {@link WithoutSpringTest}. */
final class WithoutSpringExamples {

  private WithoutSpringExamples() {}

  @WasmModule("greeter")
  interface Greetings {

    default String greet(String name, boolean fail) {
      return "Hello, " + name + "! Nice to meet you.";
    }
  }

  static String greet() {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      runtime.register(
          WasmModuleDescriptor.builder("greeter")
              .location("classpath:wasm/greeter.wasm")
              .settings(
                  settings ->
                      settings.limits(
                          limits -> limits.memory(16L << 20).timeout(Duration.ofSeconds(30))))
              .build());
      Greetings greetings = runtime.manager().bind(Greetings.class);
      return greetings.greet("Ada", false);
    }
  }

  static String formatByName() {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      WasmResult<String> result =
          runtime
              .manager()
              .module("json")
              .operation("format")
              .input("{\"b\":1}")
              .option("indent", 2)
              .retrieve(String.class);
      return result.value();
    }
  }

  static List<String> listen() {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      runtime.events().addListener(event -> heard.add(event.toString()));
      runtime.manager().module("json").operation("minify").input("{ }").retrieve(String.class);
    }
    return heard;
  }
}
