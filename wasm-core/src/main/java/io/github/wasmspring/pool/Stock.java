package io.github.wasmspring.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that idle instances of one pool are there before somebody asks for them. */
final class Stock {

  private static final Logger logger = LoggerFactory.getLogger(Stock.class);

  private final int size;
  private final StockKeeper keeper;
  private final IdleInstances idle;
  private final BooleanSupplier makeOne;
  private final AtomicBoolean queued = new AtomicBoolean();

  /**
   * @param size how many are to be idle
   * @param makeOne makes an idle instance; {@code false} if there is no room for it
   */
  Stock(int size, StockKeeper keeper, IdleInstances idle, BooleanSupplier makeOne) {
    this.size = size;
    this.keeper = keeper;
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
        && this.queued.compareAndSet(false, true)) {
      this.keeper.later(this::fill);
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
