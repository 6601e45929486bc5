package io.github.wasmspring.verification.soak;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.verification.Latencies;
import java.util.concurrent.atomic.LongAdder;

/** What came of the calls. */
final class Tally {

  private static final int SHOWN = 20;

  final LongAdder calls = new LongAdder();
  final LongAdder hostile = new LongAdder();
  final LongAdder wrong = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder interrupted = new LongAdder();
  final LongAdder reloads = new LongAdder();
  final Latencies latencies = new Latencies();

  private final LongAdder shown = new LongAdder();

  /** A call of a real module that got no answer. */
  void failed(Object call, Throwable failure) {
    boolean refused =
        failure instanceof WasmException known && known.category() == WasmErrorCategory.REJECTED;
    (refused ? this.rejected : this.failed).increment();
    show(call + ": " + failure);
  }

  void wrong(Object call, String what) {
    this.wrong.increment();
    show(call + ": " + what);
  }

  void lost(String what) {
    this.lost.increment();
    show(what);
  }

  /** A flag that a call left behind must not disturb the next one. */
  void checkInterruptFlag(Object call) {
    if (Thread.interrupted()) {
      this.interrupted.increment();
      show(call + ": left the interrupt flag behind");
    }
  }

  long faults() {
    return this.wrong.sum()
        + this.failed.sum()
        + this.rejected.sum()
        + this.lost.sum()
        + this.interrupted.sum();
  }

  private void show(String what) {
    this.shown.increment();
    if (this.shown.sum() <= SHOWN) {
      System.out.println("fault: " + what);
    }
  }
}
