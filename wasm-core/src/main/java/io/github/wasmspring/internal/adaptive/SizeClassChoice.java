package io.github.wasmspring.internal.adaptive;

import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.event.WasmEvent;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who answers calls of one operation with input of one size class. It begins with the module and
 * changes to the side that is clearly quicker, or away from one that fails. Safe for use by many
 * threads, without locks; the time is the caller's to take.
 */
public final class SizeClassChoice {

  /** Of so many calls of the chosen side one is measured. */
  static final int MEASURED_OF = 8;

  /** Measured calls of the module that are not counted: by then its code has been compiled. */
  static final int WARM_UP = 10;

  /** The same of the other side, of which each has been explored. */
  static final int EXPLORED_WARM_UP = 4;

  /** So many failures without a measured answer in between are enough. */
  static final int FAILURES_IN_ROW = 32;

  /** Where both sides fail, they must not take turns all the time. */
  private static final long CALLS_BETWEEN_FAILINGS = 1000;

  private static final int MEASURED_BITS = Integer.numberOfTrailingZeros(MEASURED_OF);

  /** The time during which one side is the chosen one. */
  private static final class Reign {

    private final WasmSource side;
    private final long since;

    /** Written by whoever explores, and that is one thread at a time. */
    private volatile CostPairs pairs = CostPairs.NONE;

    Reign(WasmSource side, long since) {
      this.side = side;
      this.since = since;
    }
  }

  private final int sizeClass;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong explored = new AtomicLong();
  private final AtomicLong wasmSamples = new AtomicLong();
  private final AtomicLong javaSamples = new AtomicLong();
  private final AtomicLong switches = new AtomicLong();
  private final LiveCost wasmCost = new LiveCost(WARM_UP);
  private final LiveCost javaCost = new LiveCost(EXPLORED_WARM_UP);
  private final ExplorationPlan plan = new ExplorationPlan();
  private final AtomicReference<Reign> reign = new AtomicReference<>(new Reign(WasmSource.WASM, 0));

  SizeClassChoice(int sizeClass) {
    this.sizeClass = sizeClass;
  }

  /** Spreads the numbers of calls over the values of so many bits, so that no period is left. */
  static long scatter(long number, int bits) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return mixed >>> (Long.SIZE - bits);
  }

  /**
   * Who is to answer the next call. One that is explored must be followed by {@link #answered},
   * {@link #failed} or {@link #abandoned}, the others may.
   */
  public AdaptiveTurn next() {
    long call = this.calls.incrementAndGet();
    WasmSource chosen = this.reign.get().side;
    if (this.plan.isDue(call) && cost(chosen).nanos() != 0 && this.plan.begins(call)) {
      this.explored.incrementAndGet();
      return AdaptiveTurn.explore(other(chosen));
    }
    return AdaptiveTurn.of(chosen, scatter(call, MEASURED_BITS) == 0);
  }

  private LiveCost cost(WasmSource side) {
    return side == WasmSource.WASM ? this.wasmCost : this.javaCost;
  }

  private static WasmSource other(WasmSource side) {
    return side == WasmSource.WASM ? WasmSource.JAVA : WasmSource.WASM;
  }

  /**
   * The side that was asked has answered; nothing is learnt of a call that was not to be measured.
   *
   * @param nanos of the whole call
   * @return what that has changed, {@code null} for nothing
   */
  public @Nullable Switch answered(AdaptiveTurn turn, long nanos) {
    if (!turn.isMeasured()) {
      return null;
    }
    (turn.side() == WasmSource.WASM ? this.wasmSamples : this.javaSamples).incrementAndGet();
    if (turn.isExplored()) {
      return compared(turn, nanos, false);
    }
    Reign now = this.reign.get();
    if (now.side == turn.side()) {
      cost(now.side).answered(nanos);
      this.plan.chosenCosts(cost(now.side).nanos());
    }
    return null;
  }

  /**
   * The side that was asked has failed; that is no timing of it, but it has cost time.
   *
   * @param nanos of the whole call, the answer of the other side included
   * @return what that has changed, {@code null} for nothing
   */
  public @Nullable Switch failed(AdaptiveTurn turn, long nanos) {
    if (turn.isExplored()) {
      return compared(turn, nanos, true);
    }
    Reign now = this.reign.get();
    if (now.side != turn.side()
        || cost(now.side).failed(nanos, 1.0 / MEASURED_OF) < FAILURES_IN_ROW) {
      return null;
    }
    boolean soonAgain = now.since != 0 && this.calls.get() - now.since < CALLS_BETWEEN_FAILINGS;
    return soonAgain ? null : change(now, WasmEvent.ChoiceSwitched.Reason.FAILING);
  }

  /** An explored call has ended in a way that says nothing about the side that was asked. */
  public void abandoned(AdaptiveTurn turn) {
    if (turn.isExplored()) {
      this.plan.abandoned();
    }
  }

  /** How long a call of the chosen side takes at present, in nanoseconds, 0 if it is not known. */
  public double chosenNanos() {
    return cost(this.reign.get().side).nanos();
  }

  private @Nullable Switch compared(AdaptiveTurn turn, long nanos, boolean failure) {
    Reign now = this.reign.get();
    LiveCost chosen = cost(now.side);
    LiveCost other = cost(turn.side());
    double usual = chosen.nanos();
    boolean counts = !failure && this.plan.counts(nanos) && other.isWarm();
    if (failure) {
      other.failed(nanos, 1);
    } else if (this.plan.counts(nanos)) {
      other.answered(nanos);
    }
    Switch change = null;
    if (counts && now.side != turn.side() && usual != 0) {
      now.pairs = now.pairs.with(chosen.lastNanos(), Math.min(nanos, LiveCost.CLIP * usual));
      if (now.pairs.otherIsClearlyQuicker(chosen.penalty(), other.penalty())) {
        change = change(now, WasmEvent.ChoiceSwitched.Reason.QUICKER);
      }
    }
    this.plan.ended(usual, nanos);
    return change;
  }

  private @Nullable Switch change(Reign from, WasmEvent.ChoiceSwitched.Reason why) {
    if (!this.reign.compareAndSet(from, new Reign(other(from.side), this.calls.get()))) {
      return null;
    }
    this.switches.incrementAndGet();
    return new Switch(row(), why);
  }

  WasmAdaptiveRow row() {
    return new WasmAdaptiveRow(
        InputSize.from(this.sizeClass),
        InputSize.to(this.sizeClass),
        this.reign.get().side,
        known(this.wasmCost.nanos()),
        known(this.javaCost.nanos()),
        this.calls.get(),
        this.explored.get(),
        this.wasmSamples.get(),
        this.javaSamples.get(),
        this.switches.get());
  }

  private static @Nullable Long known(double nanos) {
    return nanos == 0 ? null : Math.round(nanos);
  }

  /** The other side has been chosen. */
  public record Switch(WasmAdaptiveRow row, WasmEvent.ChoiceSwitched.Reason why) {}
}
