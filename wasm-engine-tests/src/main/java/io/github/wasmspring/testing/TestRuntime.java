package io.github.wasmspring.testing;

import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.fallback.WasmCircuitBreakers;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.client.CallPolicy;
import io.github.wasmspring.internal.client.DefaultWasmModuleManager;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.load.HttpSettings;
import io.github.wasmspring.internal.load.OciSettings;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.runtime.RuntimeParts;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that an application has, wired by hand, with eyes on engine and events. */
public final class TestRuntime implements AutoCloseable {

  private static final long MAX_MODULE = 16L << 20;

  public final List<WasmEvent> recorded = new CopyOnWriteArrayList<>();
  public final WasmEventPublisher events;
  public final WasmModuleRegistry registry;
  public final CountingEngine engine = new CountingEngine(TestEngines.create());
  public final BytesLocationResolver bytes = new BytesLocationResolver();
  public final WasmHostFunctionLibrary hostFunctions;
  public final CompiledModuleCache cache = new CompiledModuleCache(64L << 20);
  public final MemoryBudget budget;
  public final WasmTaskExecutor tasks;
  public final DefaultWasmModuleManager manager;
  public final CallWatchdog watchdog;
  private final RuntimeParts parts;

  public TestRuntime() {
    this(true);
  }

  public TestRuntime(boolean enabled) {
    this(enabled, MemoryBudget.ofDefaultSize());
  }

  public TestRuntime(MemoryBudget budget) {
    this(true, budget);
  }

  public TestRuntime(WasmTaskExecutor tasks) {
    this(true, MemoryBudget.ofDefaultSize(), tasks, TierSettings.DEFAULTS);
  }

  public TestRuntime(MemoryBudget budget, TierSettings tiers) {
    this(true, budget, new WasmTaskExecutor(WasmTaskSettings.DEFAULTS), tiers);
  }

  public TestRuntime(WasmErrorHandler errorHandler) {
    this(
        true,
        MemoryBudget.ofDefaultSize(),
        new WasmTaskExecutor(WasmTaskSettings.DEFAULTS),
        TierSettings.DEFAULTS,
        errorHandler);
  }

  public TestRuntime(WasmCanarySelector canary) {
    this(WasmCircuitBreakers.NONE, canary);
  }

  public TestRuntime(WasmCircuitBreaker breaker) {
    this(name -> name.equals("breaker") ? breaker : null, WasmCanarySelector.SHARE);
  }

  private TestRuntime(WasmCircuitBreakers breakers, WasmCanarySelector canary) {
    this(
        MemoryBudget.ofDefaultSize(),
        new WasmTaskExecutor(WasmTaskSettings.DEFAULTS),
        TierSettings.DEFAULTS,
        new CallPolicy(
            new DefaultWasmErrorHandler(), new WasmErrorCounters(), true, breakers, canary, null));
  }

  public TestRuntime(WasmTenantSettings tenants, WasmTenantResolver resolver) {
    this(
        MemoryBudget.ofDefaultSize(),
        new WasmTaskExecutor(WasmTaskSettings.DEFAULTS),
        TierSettings.DEFAULTS,
        new CallPolicy(
            new DefaultWasmErrorHandler(),
            new WasmErrorCounters(),
            true,
            WasmCircuitBreakers.NONE,
            WasmCanarySelector.SHARE,
            new TenantTable(tenants, resolver)));
  }

  private TestRuntime(boolean enabled, MemoryBudget budget) {
    this(enabled, budget, new WasmTaskExecutor(WasmTaskSettings.DEFAULTS), TierSettings.DEFAULTS);
  }

  private TestRuntime(
      boolean enabled, MemoryBudget budget, WasmTaskExecutor tasks, TierSettings tiers) {
    this(enabled, budget, tasks, tiers, new DefaultWasmErrorHandler());
  }

  private TestRuntime(
      boolean enabled,
      MemoryBudget budget,
      WasmTaskExecutor tasks,
      TierSettings tiers,
      WasmErrorHandler errorHandler) {
    this(budget, tasks, tiers, new CallPolicy(errorHandler, new WasmErrorCounters(), enabled));
  }

  private TestRuntime(
      MemoryBudget budget, WasmTaskExecutor tasks, TierSettings tiers, CallPolicy policy) {
    this.budget = budget;
    this.tasks = tasks;
    this.parts =
        new RuntimeParts(
            new RuntimeParts.Setup(
                DefaultWasmModuleLoader.of(
                    List.of(this.bytes),
                    HttpSettings.builder()
                        .timeout(Duration.ofSeconds(5))
                        .attempts(1)
                        .maxSize(MAX_MODULE)
                        .build(),
                    OciSettings.DEFAULTS,
                    WasmSignatures.NONE),
                new EngineSetup(this.engine, this.cache, tiers),
                budget,
                List.of(),
                policy,
                tasks));
    this.events = this.parts.events();
    this.registry = this.parts.registry();
    this.hostFunctions = this.parts.hostFunctions();
    this.watchdog = this.parts.watchdog();
    this.manager = this.parts.manager();
    this.events.addListener(this.recorded::add);
  }

  /**
   * A descriptor of one of the guests in {@code src/main/wat}, which may fail as often as it likes.
   */
  public static WasmModuleDescriptor.Builder guest(String name) {
    return WasmModuleDescriptor.builder(name)
        .location("classpath:wasm/" + name + ".wasm")
        .settings(settings -> settings.quarantineFailures(0));
  }

  /** Of a runtime that was made with tenants. */
  public WasmTenants tenants() {
    return Objects.requireNonNull(this.parts.setup().policy().tenants());
  }

  public TestRuntime with(WasmModuleDescriptor.Builder module) {
    this.registry.register(module.build());
    return this;
  }

  public <T extends WasmEvent> List<T> events(Class<T> type) {
    return this.recorded.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    this.parts.close();
  }
}
