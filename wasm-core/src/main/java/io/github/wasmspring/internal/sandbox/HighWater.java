package io.github.wasmspring.internal.sandbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The largest memories that there ever were, and how often one grew. Any thread notes and reads. A
 * mark only rises: {@code compareAndSet} fails where another thread has raised it meanwhile, and is
 * tried again while the mark is lower. The two marks are raised one after the other, so a reader
 * may see one without the other; each of them was true at some time.
 */
final class HighWater {

  private final AtomicLong one = new AtomicLong();
  private final AtomicLong all = new AtomicLong();
  private final LongAdder growths = new LongAdder();

  void note(long ofOne, long ofAll) {
    raise(this.one, ofOne);
    raise(this.all, ofAll);
  }

  static void raise(AtomicLong mark, long to) {
    long now = mark.get();
    while (to > now && !mark.compareAndSet(now, to)) {
      now = mark.get();
    }
  }

  void grown() {
    this.growths.increment();
  }

  long ofOne() {
    return this.one.get();
  }

  long ofAll() {
    return this.all.get();
  }

  long growths() {
    return this.growths.sum();
  }
}
