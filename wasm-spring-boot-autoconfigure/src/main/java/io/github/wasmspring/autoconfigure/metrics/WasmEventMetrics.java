package io.github.wasmspring.autoconfigure.metrics;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import io.github.wasmspring.rollout.WasmRolloutState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * The counter {@code wasm.errors} with the tags {@code module}, {@code category} and {@code
 * severity}, which counts failures that a fallback hid from the caller as well; and the timer
 * {@code wasm.load} with the tags {@code module} and {@code outcome} ({@code SUCCESS} or an error
 * category); and the timer {@code wasm.compile} with the same tags, of modules that were compiled
 * to bytecode here, be it while somebody waited or in the background. And the counters {@code
 * wasm.memory.alerts} with the tags {@code module} and {@code threshold}, {@code
 * wasm.sessions.reclaimed} with the tags {@code module} and {@code reason}, {@code
 * wasm.quarantines} with the tags {@code module}, {@code operation} and {@code category}, and
 * {@code wasm.adaptive.switches} with the tags {@code module}, {@code operation}, {@code to} and
 * {@code reason}, and {@code wasm.rollouts} with the tags {@code module} and {@code outcome}
 * ({@code PROMOTED} or {@code ROLLED_BACK}).
 */
public final class WasmEventMetrics implements WasmEventListener {

  static final String ERRORS = "wasm.errors";
  static final String LOAD = "wasm.load";
  static final String COMPILE = "wasm.compile";
  static final String ALERTS = "wasm.memory.alerts";
  static final String RECLAIMED = "wasm.sessions.reclaimed";

  static final String QUARANTINES = "wasm.quarantines";
  static final String ROLLOUTS = "wasm.rollouts";
  static final String SWITCHES = "wasm.adaptive.switches";
  private static final String LOADING = "Making WebAssembly modules ready to be called";
  private static final String COMPILING = "Compiling WebAssembly modules to bytecode";

  private final MeterRegistry registry;

  public WasmEventMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (event instanceof WasmEvent.CallFailed failed) {
      count(failed.module(), failed.category());
    } else if (event instanceof WasmEvent.ModuleFailed failed) {
      time(LOAD, LOADING, failed.module(), failed.category().name(), failed.duration());
    } else if (event instanceof WasmEvent.ModuleReady ready) {
      time(LOAD, LOADING, ready.module(), WasmCallMetrics.SUCCESS, ready.duration());
    } else if (event instanceof WasmEvent.CompilationFailed failed) {
      time(COMPILE, COMPILING, failed.module(), failed.category().name(), failed.duration());
    } else if (event instanceof WasmEvent.ModuleCompiled compiled) {
      time(COMPILE, COMPILING, compiled.module(), WasmCallMetrics.SUCCESS, compiled.duration());
    } else if (event instanceof WasmEvent.MemoryAlert alert && alert.raised()) {
      count(alert);
    } else if (event instanceof WasmEvent.SessionReclaimed session) {
      count(session);
    } else if (event instanceof WasmEvent.ChoiceSwitched choice) {
      count(choice);
    } else if (event instanceof WasmEvent.OperationQuarantined quarantined) {
      count(quarantined);
    } else if (event instanceof WasmEvent.RolloutPromoted promoted) {
      count(promoted.module(), WasmRolloutState.PROMOTED);
    } else if (event instanceof WasmEvent.RolloutRolledBack back) {
      count(back.module(), WasmRolloutState.ROLLED_BACK);
    }
  }

  private void count(String module, WasmRolloutState outcome) {
    Counter.builder(ROLLOUTS)
        .description(
            "Times that WebAssembly modules were given other code, or were not for a fault")
        .tag("module", module)
        .tag("outcome", outcome.name())
        .register(this.registry)
        .increment();
  }

  private void count(String module, WasmErrorCategory category) {
    Counter.builder(ERRORS)
        .description("Failures of WebAssembly modules, those that Java answered included")
        .tag("module", module)
        .tag("category", category.name())
        .tag("severity", category.severity().name())
        .register(this.registry)
        .increment();
  }

  private void count(WasmEvent.MemoryAlert alert) {
    Counter.builder(ALERTS)
        .description("Times that memory of WebAssembly modules reached the mark of an alert")
        .tag("module", alert.module())
        .tag("threshold", alert.threshold() + "%")
        .register(this.registry)
        .increment();
  }

  private void count(WasmEvent.SessionReclaimed session) {
    Counter.builder(RECLAIMED)
        .description("Sessions of WebAssembly modules that lost their instance")
        .tag("module", session.module())
        .tag("reason", session.why().name())
        .register(this.registry)
        .increment();
  }

  private void count(WasmEvent.OperationQuarantined quarantined) {
    Counter.builder(QUARANTINES)
        .description("Times that an operation failed so often that its module was left alone")
        .tag("module", quarantined.module())
        .tag("operation", quarantined.operation())
        .tag("category", quarantined.category().name())
        .register(this.registry)
        .increment();
  }

  private void count(WasmEvent.ChoiceSwitched choice) {
    Counter.builder(SWITCHES)
        .description("Times that adaptive execution changed to the other side")
        .tag("module", choice.module())
        .tag("operation", choice.operation())
        .tag("to", choice.chosen().name())
        .tag("reason", choice.why().name())
        .register(this.registry)
        .increment();
  }

  private void time(
      String timer, String description, String module, String outcome, Duration duration) {
    Timer.builder(timer)
        .description(description)
        .tag("module", module)
        .tag("outcome", outcome)
        .register(this.registry)
        .record(duration);
  }
}
