package io.github.wasmspring.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call came to its answer, noted while it runs. */
final class CallReport {

  static final String JAVA = "java";

  private WasmSource source = WasmSource.WASM;
  private String engine = JAVA;
  private @Nullable WasmException hidden;
  private long nanos;

  void ranOn(String engine) {
    this.source = WasmSource.WASM;
    this.engine = engine;
  }

  void fellBack(@Nullable WasmException why) {
    this.source = WasmSource.FALLBACK;
    this.engine = JAVA;
    this.hidden = why;
  }

  void took(long nanos) {
    this.nanos = nanos;
  }

  WasmSource source() {
    return this.source;
  }

  String engine() {
    return this.engine;
  }

  <T extends @Nullable Object> WasmResult<T> result(WasmCallId call, T value) {
    return new WasmResult<>(
        value,
        this.source,
        call.module(),
        call.version(),
        call.operation(),
        this.engine,
        Duration.ofNanos(this.nanos),
        this.hidden);
  }
}
