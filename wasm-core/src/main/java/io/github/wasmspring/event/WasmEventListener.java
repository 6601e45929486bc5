package io.github.wasmspring.event;

/** Told of events on the thread on which they happen; must be quick. */
@FunctionalInterface
public interface WasmEventListener {

  void onEvent(WasmEvent event);
}
