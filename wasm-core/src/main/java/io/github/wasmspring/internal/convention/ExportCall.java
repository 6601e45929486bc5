package io.github.wasmspring.internal.convention;

import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.pool.WasmBorrowedInstance;
import org.jspecify.annotations.Nullable;

/**
 * Calls one exported function with raw bits; directly, where that can be, once it is called often.
 * Threads that count at the same time may count one call for two, and may both ask for the direct
 * function; either one is right.
 */
final class ExportCall {

  /** Before, the JVM has better things to do than to define a class for it. */
  private static final int CALLS_BEFORE_DIRECT = 100;

  private final WasmCode code;
  private final int function;
  private int calls;
  private volatile @Nullable WasmDirectFunction direct;

  ExportCall(WasmCode code, WasmExportedFunction function) {
    this.code = code;
    this.function = function.index();
  }

  /**
   * @return the only result, 0 if there is none
   */
  long call(WasmBorrowedInstance instance, long a) {
    WasmDirectFunction found = this.direct;
    WasmInstance target = instance.direct();
    return found != null && target != null ? found.call(target, a) : callWithArray(instance, a);
  }

  long call(WasmBorrowedInstance instance, long a, long b) {
    WasmDirectFunction found = this.direct;
    WasmInstance target = instance.direct();
    return found != null && target != null
        ? found.call(target, a, b)
        : callWithArray(instance, a, b);
  }

  /**
   * @param slots all of its arguments
   */
  long callAll(WasmBorrowedInstance instance, long[] slots) {
    WasmDirectFunction found = this.direct;
    WasmInstance target = instance.direct();
    if (found == null || target == null) {
      return callWithArray(instance, slots);
    }
    return switch (slots.length) {
      case 0 -> found.call(target);
      case 1 -> found.call(target, slots[0]);
      case 2 -> found.call(target, slots[0], slots[1]);
      case 3 -> found.call(target, slots[0], slots[1], slots[2]);
      default -> found.call(target, slots[0], slots[1], slots[2], slots[3]);
    };
  }

  private long callWithArray(WasmBorrowedInstance instance, long... slots) {
    if (this.calls < CALLS_BEFORE_DIRECT && ++this.calls == CALLS_BEFORE_DIRECT) {
      this.direct = this.code.direct(this.function);
    }
    long[] results = instance.call(this.function, slots);
    return results.length == 0 ? 0 : results[0];
  }
}
