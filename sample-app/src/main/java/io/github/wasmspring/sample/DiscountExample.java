package io.github.wasmspring.sample;

import java.util.Locale;

/** Plug-ins to begin with, built from src/main/wat. */
enum DiscountExample {
  FIVE("1.0.0"),
  TEN("1.1.0"),
  BROKEN("1.2.0");

  private final String version;

  DiscountExample(String version) {
    this.version = version;
  }

  String version() {
    return this.version;
  }

  String resource() {
    return "wasm/discount-%s.wasm".formatted(name().toLowerCase(Locale.ROOT));
  }
}
