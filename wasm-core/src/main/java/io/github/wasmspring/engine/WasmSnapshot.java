package io.github.wasmspring.engine;

/**
 * What an instance was at a moment when nothing of it ran: its memories, globals and tables. Any
 * number of instances of the same code can begin as it, at the same time; nothing changes it.
 */
public interface WasmSnapshot {

  /** About how many bytes of heap it takes. */
  long size();
}
