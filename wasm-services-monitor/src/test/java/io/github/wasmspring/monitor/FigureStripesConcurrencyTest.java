package io.github.wasmspring.monitor;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * However threads find and make stripes, each figure is counted, and once. That none is lost while
 * they are drained, which walks through histograms under locks, is for {@code
 * PerformanceMonitorTest} with real threads: Lincheck takes loops of thousands of steps for hangs.
 */
@Tag("interleavings")
public class FigureStripesConcurrencyTest {

  private final AtomicInteger recorded = new AtomicInteger();

  /** One that all threads fight for. */
  private final FigureStripes stripes = new FigureStripes(1);

  @Operation
  public void add() {
    this.stripes.mine().add(1, 1);
    this.recorded.incrementAndGet();
  }

  @Operation
  public boolean look() {
    int before = this.recorded.get();
    return this.stripes.tally().count() >= before;
  }

  @Validate
  public void eachIsCountedOnce() {
    long counted = this.stripes.tally().count();
    if (counted != this.recorded.get()) {
      throw new IllegalStateException(this.recorded + " recorded, counted " + counted);
    }
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsBefore(0)
        .actorsPerThread(2)
        .iterations(3)
        .invocationsPerIteration(500)
        .check(FigureStripesConcurrencyTest.class);
  }
}
