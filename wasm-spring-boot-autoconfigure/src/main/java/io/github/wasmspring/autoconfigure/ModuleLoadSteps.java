package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.metrics.ApplicationStartup;
import org.springframework.core.metrics.StartupStep;

/**
 * Makes each load of a module a step of the application's start: {@code wasm.module.load}, with the
 * tags {@code module}, {@code version}, {@code thread}, {@code engine} and {@code outcome} ({@code
 * SUCCESS} or an error category). As the steps of Spring do, they go on after the start.
 */
final class ModuleLoadSteps implements WasmEventListener {

  private static final String STEP = "wasm.module.load";

  private final ApplicationStartup startup;
  private final Map<Load, StartupStep> running = new ConcurrentHashMap<>();

  private record Load(Thread thread, String module, String version) {

    static Load of(WasmEvent event) {
      return new Load(Thread.currentThread(), event.module(), event.version());
    }
  }

  ModuleLoadSteps(ApplicationStartup startup) {
    this.startup = startup;
  }

  @Override
  public void onEvent(WasmEvent event) {
    if (this.startup == ApplicationStartup.DEFAULT) {
      return;
    }
    if (event instanceof WasmEvent.ModuleLoading) {
      this.running.put(Load.of(event), begin(event));
    } else if (event instanceof WasmEvent.ModuleReady ready) {
      end(event, ready.engine(), "SUCCESS");
    } else if (event instanceof WasmEvent.ModuleFailed failed) {
      end(event, "none", failed.category().name());
    }
  }

  private StartupStep begin(WasmEvent event) {
    return this.startup
        .start(STEP)
        .tag("module", event.module())
        .tag("version", event.version())
        .tag("thread", Thread.currentThread().getName());
  }

  private void end(WasmEvent event, String engine, String outcome) {
    StartupStep step = this.running.remove(Load.of(event));
    if (step != null) {
      step.tag("engine", engine).tag("outcome", outcome).end();
    }
  }
}
