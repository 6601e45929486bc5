package io.github.wasmspring.internal.prepare;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However many threads make it enough, somebody tells. */
@Tag("interleavings")
public class UseCounterConcurrencyTest {

  private static final int ENOUGH = 3;

  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger used = new AtomicInteger();
  private final UseCounter meter =
      new UseCounter(
          TierSettings.DEFAULTS.with(settings -> settings.calls(ENOUGH).time(Duration.ofDays(1))),
          this.told::incrementAndGet);

  @Operation
  public void use() {
    this.used.incrementAndGet();
    this.meter.used(1);
  }

  @Validate
  public void isToldWhenItIsEnough() {
    if (this.used.get() >= ENOUGH != this.told.get() > 0) {
      throw new IllegalStateException(this.used + " used, told " + this.told);
    }
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .iterations(3)
        .invocationsPerIteration(200)
        .check(UseCounterConcurrencyTest.class);
  }
}
