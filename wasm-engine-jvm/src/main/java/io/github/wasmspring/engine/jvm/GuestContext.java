package io.github.wasmspring.engine.jvm;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The state of one instance, as its code reads and writes it; used by one thread at a time. A class
 * that is generated for the module adds its globals. Public for generated code, not for
 * applications.
 */
public abstract class GuestContext {

  /** What functions without parameters or results are given and give back. */
  public static final long[] NO_VALUES = {};

  private static final StorageAccount NOTHING =
      new StorageAccount(Limits.DEFAULTS, MemoryCharge.NONE);

  /** The first of the memories, which most modules have alone. */
  public @Nullable LinearMemory memory;

  public LinearMemory[] memories = {};

  /** What has values on their way from one function to another; its class belongs to the code. */
  public Object values = this;

  /** What a function has left to be called, until it is called. */
  public @Nullable TailCall pending;

  /** The index of the function that is. */
  public int callee;

  /** The indices of functions, or references of the host; -1 is null. As long as the tables. */
  int[][] tables = {};

  /** Empty once dropped. */
  byte[][] data = {};

  /** Empty once dropped. */
  int[][] elements = {};

  StorageAccount storage = NOTHING;
  long[] maximumElements = {};

  /** Whether growing has cost so much that the memories should have room to grow. */
  boolean hasCopiedMuch;

  /** Those of all tables. */
  long elements() {
    long count = 0;
    for (int[] table : this.tables) {
      count += table.length;
    }
    return count;
  }

  /** A global as raw bits. */
  public abstract long global(int index);

  public abstract void setGlobal(int index, long value);

  /**
   * @param function the index of one that is imported
   */
  public final long[] callHost(int function, long[] arguments) {
    return this.host.call(function, arguments);
  }

  public final void resumeTailCalls() {
    TailCall.resumeAll(this);
  }

  /** Calls what the module imports. */
  interface Host {
    long[] call(int function, long[] arguments);
  }

  Host host =
      (function, arguments) -> {
        throw new IllegalStateException("Nothing is imported");
      };
}
