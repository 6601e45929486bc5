package io.github.wasmspring.sample;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Turns results into HTTP answers that say who gave them. */
final class Answers {

  static final String SOURCE_HEADER = "X-Wasm-Source";

  private Answers() {}

  /** A document that is JSON already. */
  static ResponseEntity<byte[]> json(WasmResult<String> result) {
    return ResponseEntity.ok()
        .header(SOURCE_HEADER, result.source().name())
        .contentType(MediaType.APPLICATION_JSON)
        .body(result.value().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static <T> ResponseEntity<T> of(WasmSource source, T body) {
    return ResponseEntity.ok().header(SOURCE_HEADER, source.name()).body(body);
  }
}
