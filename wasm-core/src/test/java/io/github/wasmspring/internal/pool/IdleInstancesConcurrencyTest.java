package io.github.wasmspring.internal.pool;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nobody shares an instance, and none is lost, in whatever order threads take turns. */
@Tag("interleavings")
public class IdleInstancesConcurrencyTest {

  private static final int MOST = 2;

  private final IdleInstances idle = new IdleInstances(MOST);

  public IdleInstancesConcurrencyTest() {
    for (int i = 0; i < MOST; i++) {
      admitAnother();
    }
  }

  private void admitAnother() {
    PooledInstance made = new PooledInstance(new IdleInstance(), null, null, null, null);
    this.idle.admit(made);
    this.idle.put(made);
  }

  private static boolean isMine(PooledInstance instance) {
    return ((IdleInstance) instance.instance()).hold();
  }

  private void putBack(PooledInstance instance) {
    ((IdleInstance) instance.instance()).letGo();
    this.idle.put(instance);
  }

  /** Somebody may find nothing though there always was something: it went from cell to cell. */
  @Operation
  public boolean use() {
    PooledInstance taken = this.idle.take();
    boolean mine = taken == null || isMine(taken);
    if (taken != null) {
      putBack(taken);
    }
    return mine;
  }

  @Operation
  public boolean replace() {
    PooledInstance taken = this.idle.take();
    boolean mine = taken == null || isMine(taken);
    if (taken != null) {
      this.idle.dismiss(taken);
      admitAnother();
    }
    return mine;
  }

  @Operation
  public boolean lookAtAll() {
    PooledInstance old = this.idle.takeOlderThan(0, 1);
    if (old != null) {
      putBack(old);
    }
    this.idle.forgetCrowd();
    return this.idle.count() <= MOST;
  }

  @Validate
  public void noneIsLost() {
    PooledInstance first = this.idle.take();
    PooledInstance second = this.idle.take();
    if (first == null || second == null || first == second || this.idle.take() != null) {
      throw new IllegalStateException(first + " and " + second + " are idle");
    }
    this.idle.put(first);
    this.idle.put(second);
  }

  @Test
  void inEveryOrder() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .iterations(5)
        .invocationsPerIteration(100)
        .check(IdleInstancesConcurrencyTest.class);
  }

  @Test
  void atTheSameTime() {
    new StressOptions()
        .threads(3)
        .actorsPerThread(3)
        .iterations(10)
        .invocationsPerIteration(200)
        .check(IdleInstancesConcurrencyTest.class);
  }
}
