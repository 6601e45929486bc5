package io.github.wasmspring.sample;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Turns results into HTTP answers that say who gave them, and how long that took. */
final class Answers {

  static final String SOURCE_HEADER = "X-Wasm-Source";

  /** Browsers show it among the timings of a request. */
  private static final String TIMING_HEADER = "Server-Timing";

  private Answers() {}

  /** A document that is JSON already. */
  static ResponseEntity<byte[]> json(WasmResult<String> result) {
    return builder(result.source(), result.duration())
        .contentType(MediaType.APPLICATION_JSON)
        .body(result.value().getBytes(StandardCharsets.UTF_8));
  }

  /** The value of a result. */
  static <T> ResponseEntity<T> of(WasmResult<T> result) {
    return of(result, result.value());
  }

  /** What was made of a result. */
  static <T> ResponseEntity<T> of(WasmResult<?> result, T body) {
    return of(result.source(), result.duration(), body);
  }

  /** What several calls were made for. */
  static <T> ResponseEntity<T> of(WasmSource source, Duration duration, T body) {
    return builder(source, duration).body(body);
  }

  private static ResponseEntity.BodyBuilder builder(WasmSource source, Duration duration) {
    return ResponseEntity.ok()
        .header(SOURCE_HEADER, source.name())
        .header(TIMING_HEADER, String.format(Locale.ROOT, "wasm;dur=%.4f", millis(duration)));
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
