package io.github.wasmspring.autoconfigure.actor;

import io.github.wasmspring.actor.WasmActorsBuilder;

/** A bean that has the last word on the application's actors. */
@FunctionalInterface
public interface WasmActorsCustomizer {

  void customize(WasmActorsBuilder actors);
}
