package io.github.wasmspring.internal.pool;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is taken from a stock comes back, whenever the keeper runs, and though it refuses at times.
 */
@Tag("interleavings")
public class StockConcurrencyTest {

  private final IdleInstances idle = new IdleInstances(4);
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final Stock stock = new Stock(1, this::later, this.idle, this::make);
  private int asked;

  private synchronized boolean later(Runnable work) {
    this.asked++;
    return this.asked != 2 && this.queue.add(work);
  }

  private synchronized Runnable next() {
    Runnable work = this.queue.poll();
    return work != null ? work : () -> {};
  }

  private boolean make() {
    PooledInstance made = new PooledInstance(new IdleInstance(), null, null, null, null);
    this.idle.admit(made);
    this.idle.put(made);
    return true;
  }

  @Operation
  public void take() {
    PooledInstance taken = this.idle.take();
    if (taken != null) {
      this.idle.dismiss(taken);
    }
    this.stock.taken();
  }

  /** As its only thread does it. */
  @Operation(nonParallelGroup = "keeper")
  public void keep() {
    next().run();
  }

  @Validate
  public void isComplete() {
    // The housekeeper comes by after one that was refused.
    this.stock.complete();
    next().run();
    next().run();
    if (this.idle.count() != 1) {
      throw new IllegalStateException(this.idle.count() + " are idle");
    }
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .iterations(3)
        .invocationsPerIteration(100)
        .check(StockConcurrencyTest.class);
  }
}
