package io.github.wasmspring.internal.adaptive;

import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmEvent.ChoiceSwitched.Reason;
import java.util.ArrayList;
import java.util.List;

/** Calls whose times are made up; what was asked and what it cost is kept. */
final class SimulatedCalls {

  /** What a call takes. */
  interface Times {
    long nanos(WasmSource side, long call);
  }

  /** Whether a call of a side fails. */
  interface Failures {
    boolean fails(WasmSource side, long call);
  }

  final SizeClassChoice choice;
  final List<Long> explored = new ArrayList<>();
  final List<Reason> switches = new ArrayList<>();
  long calls;
  double total;
  double exploring;

  SimulatedCalls() {
    this(new SizeClassChoice(0));
  }

  SimulatedCalls(SizeClassChoice choice) {
    this.choice = choice;
  }

  SimulatedCalls make(long count, Times times) {
    return make(count, times, (side, call) -> false);
  }

  SimulatedCalls make(long count, Times times, Failures failures) {
    for (long i = 0; i < count; i++) {
      make(times, failures);
    }
    return this;
  }

  private void make(Times times, Failures failures) {
    AdaptiveTurn turn = this.choice.next();
    this.calls++;
    long nanos = times.nanos(turn.side(), this.calls);
    boolean failed = failures.fails(turn.side(), this.calls);
    this.total += nanos;
    if (turn.isExplored()) {
      this.explored.add(this.calls);
      this.exploring += nanos;
    }
    SizeClassChoice.Switch change =
        failed ? this.choice.failed(turn, nanos) : this.choice.answered(turn, nanos);
    if (change != null) {
      this.switches.add(change.why());
    }
  }

  WasmSource chosen() {
    return this.choice.row().chosen();
  }

  static Times fixed(long wasm, long java) {
    return (side, call) -> side == WasmSource.WASM ? wasm : java;
  }
}
