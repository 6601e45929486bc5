package io.github.wasmspring.internal.runtime;

import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.client.CallPolicy;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.work.WasmTaskExecutor;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** All parts of a runtime, put together. In applications of Spring, each is a bean instead. */
public final class RuntimeParts implements AutoCloseable {

  /**
   * What they are made with.
   *
   * @param conventions beside the built-in ones
   * @param tasks runs the calls that answer later; closed with the rest
   */
  public record Setup(
      WasmModuleLoader loader,
      EngineSetup engine,
      MemoryBudget budget,
      List<WasmCallConvention> conventions,
      CallPolicy policy,
      WasmTaskExecutor tasks) {}

  private final WasmEventPublisher events = new WasmEventPublisher();
  private final WasmModuleRegistry registry = WasmModuleRegistry.create(this.events);
  private final WasmHostFunctionLibrary hostFunctions = new WasmHostFunctionLibrary();
  private final CallWatchdog watchdog = new CallWatchdog();
  private final Setup setup;
  private final DefaultWasmModuleManager manager;

  public RuntimeParts(Setup setup) {
    this.setup = setup;
    WasmCallConventions conventions =
        new WasmCallConventions(setup.conventions(), JsonMapper.builder().build());
    this.manager =
        new DefaultWasmModuleManager(
            this.registry,
            new ModulePreparer(
                setup.loader(),
                setup.engine(),
                new Sandbox(this.watchdog, setup.budget()),
                this.hostFunctions,
                conventions,
                this.events,
                this.registry),
            conventions,
            setup.policy(),
            setup.tasks(),
            this.events);
  }

  public Setup setup() {
    return this.setup;
  }

  public WasmEventPublisher events() {
    return this.events;
  }

  public WasmModuleRegistry registry() {
    return this.registry;
  }

  public WasmHostFunctionLibrary hostFunctions() {
    return this.hostFunctions;
  }

  public CallWatchdog watchdog() {
    return this.watchdog;
  }

  public DefaultWasmModuleManager manager() {
    return this.manager;
  }

  @Override
  public void close() {
    this.setup.tasks().close();
    this.manager.close();
    this.watchdog.close();
  }
}
