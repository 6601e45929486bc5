package io.github.wasmspring.internal.pool;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The line and the idle instances, as the pool uses them: whoever waits is served. */
@Tag("interleavings")
public class WaitingLineConcurrencyTest {

  private static final long LONG = TimeUnit.MINUTES.toNanos(10);

  private final IdleInstances idle = new IdleInstances(1);
  private final WaitingLine<PooledInstance> line = new WaitingLine<>(() -> {});

  public WaitingLineConcurrencyTest() {
    PooledInstance only = new PooledInstance(new IdleInstance(), null, null, null, null);
    this.idle.admit(only);
    this.idle.put(only);
  }

  private @Nullable PooledInstance borrow(long nanos) throws InterruptedException {
    PooledInstance quick = this.line.mayBePassed() ? this.idle.take() : null;
    return quick != null ? quick : this.line.await(this.idle::take, nanos);
  }

  private boolean isMine(PooledInstance instance) {
    boolean mine = ((IdleInstance) instance.instance()).hold();
    ((IdleInstance) instance.instance()).letGo();
    this.idle.put(instance);
    if (this.line.length() > 0) {
      this.line.freed(this.idle::take);
    }
    return mine;
  }

  @Operation
  public boolean use() throws InterruptedException {
    PooledInstance borrowed = borrow(LONG);
    return borrowed != null && isMine(borrowed);
  }

  @Validate
  public void nobodyWaitsAndNothingIsLost() {
    if (this.line.length() > 0 || !this.line.mayBePassed() || this.idle.count() != 1) {
      throw new IllegalStateException(
          "%d wait, %d are idle, passing is %b"
              .formatted(this.line.length(), this.idle.count(), this.line.mayBePassed()));
    }
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .iterations(1)
        .invocationsPerIteration(300)
        .check(WaitingLineConcurrencyTest.class);
  }

  @Test
  void atTheSameTime() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(3)
        .iterations(10)
        .invocationsPerIteration(200)
        .check(WaitingLineConcurrencyTest.class);
  }
}
