package io.github.wasmspring.sample;

import io.github.wasmspring.WasmModule;

/**
 * A module that one does not want to run, declared in application.yml with tight limits. Its source
 * is src/main/wat/hostile.wat. There is no fallback: what stops it is thrown to the caller.
 */
@WasmModule("hostile")
interface Hostile {

  /** Never comes back. */
  void loopForever();

  /** Takes memory page by page until there is none, and gives up. */
  void takeMemory();

  /** Calls itself for ever. */
  int recurse(int depth);

  /** Reads far beyond its own memory. */
  int lookAround();

  /** Breaks down. */
  void trap();
}
