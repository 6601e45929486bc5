package io.github.wasmspring.sample;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import java.time.Duration;
import org.springframework.http.ResponseEntity;

/** Adds up the calls that one answer needs. For one thread. */
final class CallTally {

  private WasmSource source = WasmSource.WASM;
  private Duration duration = Duration.ZERO;

  /** The value of a result, which is counted. */
  <T> T count(WasmResult<T> result) {
    if (result.source() != WasmSource.WASM) {
      this.source = result.source();
    }
    this.duration = this.duration.plus(result.duration());
    return result.value();
  }

  /** An answer that says that the module gave it if it gave all of it. */
  <T> ResponseEntity<T> answer(T body) {
    return Answers.of(this.source, this.duration, body);
  }
}
