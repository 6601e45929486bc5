package io.github.wasmspring.internal.pool;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.GuestHeap;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the allocator of a guest how much is free, where the module exports {@code wasm_free_total}
 * and {@code wasm_free_largest}. It is asked when its instance is at rest anyway: the first,
 * second, fourth, … time, and once after each time that somebody wanted to know.
 */
public final class HeapProbe {

  private static final Logger logger = LoggerFactory.getLogger(HeapProbe.class);

  private static final String TOTAL = "wasm_free_total";
  private static final String LARGEST = "wasm_free_largest";
  private static final WasmFunctionType TYPE =
      new WasmFunctionType(List.of(), List.of(WasmValueType.I32));
  private static final long TICKS = CallWatchdog.ticks(Duration.ofSeconds(1));

  private final String module;
  private final int total;
  private final int largest;
  private volatile int wanted;
  private volatile boolean unreliable;

  private HeapProbe(String module, int total, int largest) {
    this.module = module;
    this.total = total;
    this.largest = largest;
  }

  /** {@code null} if the module does not tell. */
  public static @Nullable HeapProbe of(String module, WasmCode code) {
    WasmExportedFunction total = code.exports().get(TOTAL);
    WasmExportedFunction largest = code.exports().get(LARGEST);
    return code.hasMemory()
            && total != null
            && largest != null
            && total.type().equals(TYPE)
            && largest.type().equals(TYPE)
        ? new HeapProbe(module, total.index(), largest.index())
        : null;
  }

  /** Somebody wants to know: the next time that an instance is at rest is a good one. */
  void want() {
    // Of several wishes at a time one may be lost: it is answered with the others.
    int earlier = this.wanted;
    this.wanted = earlier + 1;
  }

  boolean isDue(PooledInstance instance) {
    return instance.rests(this.wanted)
        && !this.unreliable
        && !instance.isBroken()
        // The guest would not get far.
        && !Thread.currentThread().isInterrupted();
  }

  /** Nothing that a guest says is believed: what can't be true is not asked for again. */
  void look(PooledInstance instance) {
    try {
      long[] told = instance.run(TICKS, null, this::ask);
      long free = told[0];
      long piece = told[1];
      long size = instance.memorySize();
      if (piece > free || free > size) {
        giveUp(
            "it says that %d of %d bytes are free, %d in one piece".formatted(free, size, piece));
      } else {
        instance.account().heap(new GuestHeap(size - free, free, piece));
      }
    } catch (WasmException failure) {
      giveUp(String.valueOf(failure.getMessage()));
    }
  }

  private long[] ask(PooledInstance instance) {
    return new long[] {
      Integer.toUnsignedLong((int) instance.call(this.total)[0]),
      Integer.toUnsignedLong((int) instance.call(this.largest)[0])
    };
  }

  private void giveUp(String why) {
    this.unreliable = true;
    logger.warn("The allocator of module {} is not asked again: {}", this.module, why);
  }
}
