package io.github.wasmspring.autoconfigure.ai;

/** Offers more to models than the properties do; for beans. */
@FunctionalInterface
public interface WasmToolsCustomizer {

  void customize(WasmToolCallbacks tools);
}
