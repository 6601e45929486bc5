package io.github.wasmspring.internal.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that idle instances of one pool are there before somebody asks for them.
 *
 * <p>{@code queued} is whether the keeper is to fill the stock and has not begun. Whoever raises it
 * queues the work, and takes it back where the keeper refuses: the next one who takes something
 * tries again. The keeper lowers it before it counts. So one who takes an instance and finds it
 * raised need do nothing: what was taken is counted. One who finds it lowered may queue the work a
 * second time, which then finds nothing to do.
 *
 * <p>How many are idle is a number of a moment ago. Where it was too high, the stock is completed
 * when something is taken next, or when the pool is looked after.
 */
final class Stock {

  private static final Logger logger = LoggerFactory.getLogger(Stock.class);

  private final int size;
  private final Predicate<Runnable> later;
  private final IdleInstances idle;
  private final BooleanSupplier makeOne;
  private final AtomicBoolean queued = new AtomicBoolean();

  /**
   * @param size how many are to be idle
   * @param later runs something some time later, see {@link StockKeeper#later}
   * @param makeOne makes an idle instance; {@code false} if there is no room for it
   */
  Stock(int size, Predicate<Runnable> later, IdleInstances idle, BooleanSupplier makeOne) {
    this.size = size;
    this.later = later;
    this.idle = idle;
    this.makeOne = makeOne;
  }

  int size() {
    return this.size;
  }

  /** Something was taken: when half of the stock is gone, it is time to make some. */
  void taken() {
    refillIfAtMost(this.size / 2);
  }

  /** Makes what is missing, however little. */
  void complete() {
    refillIfAtMost(this.size - 1);
  }

  private void refillIfAtMost(int left) {
    if (this.size > 0
        && !this.queued.get()
        && this.idle.count() <= left
        && this.queued.compareAndSet(false, true)
        && !this.later.test(this::fill)) {
      this.queued.set(false);
    }
  }

  private void fill() {
    this.queued.set(false);
    try {
      boolean room = true;
      while (room && this.idle.count() < this.size) {
        room = this.makeOne.getAsBoolean();
      }
    } catch (RuntimeException | Error failure) {
      // Whoever needs an instance next makes one, and is told what is wrong.
      logger.debug("An instance could not be made ahead", failure);
    }
  }
}
