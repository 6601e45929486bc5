package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.DataSegment;

/** A memory that can be brought back to what it was. */
interface ResettableMemory extends Memory {

  /** In bytes. */
  int size();

  /** Makes the memory {@code pages} long, all zero. */
  void clear(int pages);

  /** Writes what is inside of the memory, whether or not the thread has been interrupted. */
  void restore(int address, byte[] data);

  /** Whether there are only zeros in a range that is inside the memory. */
  boolean isZero(int address, int length);

  /** The array that the engine keeps the data segments in; it replaces those that are dropped. */
  DataSegment[] dataSegments();
}
