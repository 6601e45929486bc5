package io.github.wasmspring.sample;

import io.github.wasmspring.WasmSource;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** What a request says of who shall answer, also where the rest of it can't be understood. */
enum AskedMode {
  WASM_FIRST(WasmSource.WASM, WasmSource.FALLBACK),
  JAVA(WasmSource.FALLBACK, WasmSource.FALLBACK),
  ADAPTIVE(WasmSource.WASM, WasmSource.JAVA);

  private final WasmSource first;
  private final WasmSource inJava;

  AskedMode(WasmSource first, WasmSource inJava) {
    this.first = first;
    this.inJava = inJava;
  }

  static AskedMode of(HttpServletRequest request) {
    String query = request.getQueryString();
    String text = query == null ? "" : query.toLowerCase(Locale.ROOT);
    if (text.contains("mode=java")) {
      return JAVA;
    }
    return text.contains("mode=adaptive") ? ADAPTIVE : WASM_FIRST;
  }

  /** Who is to be asked before anything is known of the input. */
  WasmSource first() {
    return this.first;
  }

  /** What an answer that Java gave is called. */
  WasmSource inJava() {
    return this.inJava;
  }
}
