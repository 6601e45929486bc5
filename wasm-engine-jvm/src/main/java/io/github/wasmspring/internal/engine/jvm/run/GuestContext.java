package io.github.wasmspring.internal.engine.jvm.run;

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

  /**
   * The numbers of functions, or references of the host; -1 is null. As long as the tables, and
   * empty for those of other instances.
   */
  public int[][] tables = {};

  /** All tables, {@code null} if no other instance has any of them. */
  public LinkedTable @Nullable [] linkedTables;

  /** Those that are imported and can be set, if code was made for globals of other instances. */
  public LinkedGlobal[] linkedGlobals = {};

  /** Empty once dropped. */
  public byte[][] data = {};

  /** Empty once dropped. */
  public int[][] elements = {};

  public StorageAccount storage = NOTHING;
  public long[] maximumElements = {};

  /** Whether growing has cost so much that the memories should have room to grow. */
  public boolean hasCopiedMuch;

  /** Those of all tables. */
  public long elements() {
    long count = 0;
    for (int[] table : this.tables) {
      count += table.length;
    }
    return count;
  }

  /**
   * The number by which another instance refers to a function.
   *
   * @param reference the one by which this one does, which may be null
   */
  public int carry(int reference, GuestContext to) {
    return reference == TableInstructions.NULL || to == this
        ? reference
        : this.host.carry(reference, to);
  }

  /** A global as raw bits. */
  public abstract long global(int index);

  public abstract void setGlobal(int index, long value);

  /** The upper half of a global that is a vector. */
  public long upperHalf(int index) {
    return 0;
  }

  public void setUpperHalf(int index, long value) {}

  /**
   * @param function the index of one that is imported
   */
  public final long[] callHost(int function, long[] arguments) {
    return this.host.callImported(function, arguments);
  }

  /**
   * Calls what a reference is to that is to no function of the module.
   *
   * @param reference see {@code FunctionNumbers}
   * @param type what the function has to be of, the first of those that are the same
   */
  public final long[] callForeign(int reference, int type, long[] arguments) {
    return this.host.callForeign(reference, type, arguments);
  }

  public final void resumeTailCalls() {
    TailCall.resumeAll(this);
  }

  /** Calls what is outside of the module. */
  public interface Host {
    long[] callImported(int function, long[] arguments);

    long[] callForeign(int reference, int type, long[] arguments);

    /** The number by which another instance refers to a function that has one here. */
    int carry(int reference, GuestContext to);
  }

  private static final Host NOBODY =
      new Host() {
        @Override
        public long[] callImported(int function, long[] arguments) {
          throw new IllegalStateException("Nothing is imported");
        }

        @Override
        public long[] callForeign(int reference, int type, long[] arguments) {
          throw TableInstructions.otherType();
        }

        @Override
        public int carry(int reference, GuestContext to) {
          throw new IllegalStateException("The state of no instance");
        }
      };

  public Host host = NOBODY;
}
