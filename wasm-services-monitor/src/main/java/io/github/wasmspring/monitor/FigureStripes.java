package io.github.wasmspring.monitor;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where threads record, so that they seldom wait for each other: a thread always uses the same one
 * of a few stripes, and one that no thread uses takes no memory. Whoever finds its stripe missing
 * puts one there; who is too late takes the one that is there, so that none is lost.
 */
final class FigureStripes {

  private static final int MOST = 4;

  private final AtomicReferenceArray<@Nullable FigureStripe> stripes;

  /** As many as there are processors, up to four. */
  FigureStripes() {
    this(Math.min(MOST, Integer.highestOneBit(Runtime.getRuntime().availableProcessors())));
  }

  /**
   * @param count a power of two
   */
  FigureStripes(int count) {
    this.stripes = new AtomicReferenceArray<>(count);
  }

  /** The one of this thread. */
  FigureStripe mine() {
    int index = (int) (Thread.currentThread().getId() & (this.stripes.length() - 1));
    FigureStripe known = this.stripes.get(index);
    if (known != null) {
      return known;
    }
    FigureStripe fresh = new FigureStripe();
    FigureStripe first = this.stripes.compareAndExchange(index, null, fresh);
    return first == null ? fresh : first;
  }

  /** What was recorded since the last time; it is counted here no more. */
  FigureSum drain() {
    FigureSum sum = new FigureSum();
    for (int i = 0; i < this.stripes.length(); i++) {
      FigureStripe stripe = this.stripes.get(i);
      if (stripe != null) {
        stripe.drainInto(sum);
      }
    }
    return sum;
  }

  /** The same, which goes on being counted here. */
  void copyInto(FigureSum sum) {
    for (int i = 0; i < this.stripes.length(); i++) {
      FigureStripe stripe = this.stripes.get(i);
      if (stripe != null) {
        stripe.copyInto(sum);
      }
    }
  }

  FigureStripe.Tally tally() {
    FigureStripe.Tally tally = new FigureStripe.Tally();
    for (int i = 0; i < this.stripes.length(); i++) {
      FigureStripe stripe = this.stripes.get(i);
      if (stripe != null) {
        stripe.addTo(tally);
      }
    }
    return tally;
  }
}
