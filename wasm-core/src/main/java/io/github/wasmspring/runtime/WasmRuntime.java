package io.github.wasmspring.runtime;

import io.github.wasmspring.client.DefaultWasmModuleManager;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.convention.WasmCallConventions;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngines;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorStatistics;
import io.github.wasmspring.load.ClasspathLocationResolver;
import io.github.wasmspring.load.DefaultWasmModuleLoader;
import io.github.wasmspring.load.FileLocationResolver;
import io.github.wasmspring.load.HttpLocationResolver;
import io.github.wasmspring.module.ApplicationClassLoader;
import io.github.wasmspring.module.DefaultWasmModuleRegistry;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.prepare.ModulePreparer;
import io.github.wasmspring.sandbox.CallWatchdog;
import io.github.wasmspring.sandbox.MemoryBudget;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Everything put together with its defaults, for programs without Spring. */
public final class WasmRuntime implements AutoCloseable {

  private static final long MAX_MODULE_SIZE = 64L << 20;
  private static final long CACHE_WEIGHT = 256L << 20;
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);

  private final WasmEventPublisher events = new WasmEventPublisher();
  private final WasmModuleRegistry registry = new DefaultWasmModuleRegistry(this.events);
  private final CallWatchdog watchdog = new CallWatchdog();
  private final WasmHostFunctionLibrary hostFunctions = new WasmHostFunctionLibrary();
  private final WasmTaskExecutor tasks = new WasmTaskExecutor(WasmTaskSettings.DEFAULTS);
  private final MemoryBudget budget;
  private final DefaultWasmModuleManager manager;

  private WasmRuntime(MemoryBudget budget, @Nullable CompiledCodeStore codeStore) {
    this.budget = budget;
    JsonMapper jsonMapper = JsonMapper.builder().build();
    this.manager =
        new DefaultWasmModuleManager(
            this.registry,
            new ModulePreparer(
                new DefaultWasmModuleLoader(
                    List.of(
                        new ClasspathLocationResolver(),
                        new FileLocationResolver(),
                        new HttpLocationResolver(HTTP_TIMEOUT, MAX_MODULE_SIZE)),
                    MAX_MODULE_SIZE),
                WasmEngines.of(ApplicationClassLoader.get()).find(null).create(codeStore),
                new CompiledModuleCache(CACHE_WEIGHT),
                this.watchdog,
                this.budget,
                this.events,
                this.hostFunctions),
            new WasmCallConventions(List.of(), jsonMapper),
            new DefaultWasmErrorHandler(),
            new WasmErrorStatistics(),
            this.events,
            jsonMapper,
            this.tasks,
            true);
  }

  /** A runtime without any module. */
  public static WasmRuntime create() {
    return create(MemoryBudget.ofDefaultSize());
  }

  /** A runtime without any module, whose instances share a memory budget. */
  public static WasmRuntime create(MemoryBudget budget) {
    return create(budget, null);
  }

  /**
   * A runtime without any module, that finds in a directory what was compiled in an earlier life.
   *
   * @param codeStore where compiled modules are kept, {@code null} to compile them in each process
   */
  public static WasmRuntime create(MemoryBudget budget, @Nullable CompiledCodeStore codeStore) {
    return new WasmRuntime(budget, codeStore);
  }

  /**
   * Makes small calls of a module of its own, so that the first real call of this JVM finds the
   * classes that it needs loaded. Done once per JVM, and only where somebody asks for it: it takes
   * more processor time than the first call saves.
   */
  public static void warmUp() {
    WarmUp.now();
  }

  /** Does the same on a thread of its own, beside what else the program starts. */
  public static void warmUpInBackground() {
    WarmUp.inBackground();
  }

  /** A runtime with all modules that the {@link ServiceLoader} finds. */
  public static WasmRuntime withInstalledModules() {
    WasmRuntime runtime = create();
    for (WasmModuleProvider provider :
        ServiceLoader.load(WasmModuleProvider.class, ApplicationClassLoader.get())) {
      provider.modules().forEach(runtime::register);
    }
    return runtime;
  }

  /** Adds a module. */
  public WasmRuntime register(WasmModuleDescriptor module) {
    this.registry.register(module);
    return this;
  }

  public WasmModuleManager manager() {
    return this.manager;
  }

  public WasmEventPublisher events() {
    return this.events;
  }

  /** The host functions that modules may import if their settings say so. */
  public WasmHostFunctionLibrary hostFunctions() {
    return this.hostFunctions;
  }

  /** Runs the calls that answer later. */
  public WasmTaskExecutor tasks() {
    return this.tasks;
  }

  public MemoryBudget memoryBudget() {
    return this.budget;
  }

  /** Knows which calls run, and stops those that run for too long. */
  public CallWatchdog callWatchdog() {
    return this.watchdog;
  }

  /** Lets go of all modules and threads. */
  @Override
  public void close() {
    this.tasks.close();
    this.manager.close();
    this.watchdog.close();
  }
}
