package io.github.wasmspring.internal.sandbox;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A call is stopped while it runs, or not at all. Lincheck has no clock, so nobody waits for the
 * notice here: a call is stopped at once, as who cancels it does, and the watchdog interrupts it
 * again. {@code CallWatchdogTest} has the notice.
 */
@Tag("interleavings")
public class CallGuardConcurrencyTest {

  /** Watches nothing, as it is closed. */
  private static final CallWatchdog CLOSED = closed();

  private final CallGuard guard = new CallGuard(CLOSED, null);
  private volatile CallCancellation cancellation = new CallCancellation();

  private static CallWatchdog closed() {
    CallWatchdog watchdog = new CallWatchdog();
    watchdog.close();
    return watchdog;
  }

  /**
   * @return whether the thread is as it was
   */
  @Operation(nonParallelGroup = "call")
  public boolean call() {
    CallCancellation own = new CallCancellation();
    this.cancellation = own;
    this.guard.enter(0);
    if (own.watch(this.guard)) {
      own.unwatch();
    }
    this.guard.leave();
    return !Thread.currentThread().isInterrupted();
  }

  @Operation(nonParallelGroup = "watchdog")
  public void check() {
    this.guard.check(1, 1);
  }

  @Operation
  public void cancel() {
    this.cancellation.cancel();
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(2)
        .invocationsPerIteration(150)
        .check(CallGuardConcurrencyTest.class);
  }
}
