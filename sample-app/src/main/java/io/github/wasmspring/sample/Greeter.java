package io.github.wasmspring.sample;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import java.time.Duration;

/**
 * The application's own module, declared in application.yml. Its source is in
 * src/main/rust/greeter. Returning a {@link WasmResult} instead of the bare text tells who
 * answered.
 */
@WasmModule("greeter")
public interface Greeter {

  /** The module's answer or, when it fails, the same in Java. */
  default WasmResult<String> greet(String name, boolean fail, WasmCallOptions options) {
    String text = "Hello, %s! Nice to meet you.".formatted(name.isEmpty() ? "stranger" : name);
    return new WasmResult<>(
        text, WasmSource.FALLBACK, "greeter", "1.0.0", "greet", "java", Duration.ZERO, null);
  }
}
