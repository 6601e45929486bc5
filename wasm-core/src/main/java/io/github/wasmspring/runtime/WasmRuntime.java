package io.github.wasmspring.runtime;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.convention.WasmCallConvention;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmSimdForm;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.internal.client.CallPolicy;
import io.github.wasmspring.internal.engine.WasmEngines;
import io.github.wasmspring.internal.fallback.WasmErrorCounters;
import io.github.wasmspring.internal.load.DefaultWasmModuleLoader;
import io.github.wasmspring.internal.load.HttpSettings;
import io.github.wasmspring.internal.load.OciSettings;
import io.github.wasmspring.internal.module.ApplicationClassLoader;
import io.github.wasmspring.internal.plugin.PluginHome;
import io.github.wasmspring.internal.prepare.EngineSetup;
import io.github.wasmspring.internal.prepare.TierSettings;
import io.github.wasmspring.internal.runtime.RuntimeParts;
import io.github.wasmspring.internal.runtime.RuntimePlugins;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.load.WasmLocationResolver;
import io.github.wasmspring.load.WasmSignatures;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleProvider;
import io.github.wasmspring.observe.WasmPerformanceReporter;
import io.github.wasmspring.observe.WasmProfiler;
import io.github.wasmspring.plugin.WasmPluginSettings;
import io.github.wasmspring.plugin.WasmPlugins;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Everything put together with its defaults, for programs without Spring. */
public final class WasmRuntime implements AutoCloseable {

  private final RuntimeParts parts;
  private final @Nullable CompiledCodeStore codeStore;

  /** {@code null} if it is somebody else's. */
  private final @Nullable WasmEngine ownEngine;

  /** {@code null} if there are none. */
  private final @Nullable RuntimePlugins plugins;

  private WasmRuntime(
      RuntimeParts parts,
      @Nullable CompiledCodeStore codeStore,
      @Nullable WasmEngine ownEngine,
      @Nullable RuntimePlugins plugins) {
    this.parts = parts;
    this.codeStore = codeStore;
    this.ownEngine = ownEngine;
    this.plugins = plugins;
  }

  /** A runtime without any module, with all defaults. */
  public static WasmRuntime create() {
    return builder().build();
  }

  /** A runtime with all modules that the {@link ServiceLoader} finds, with all defaults. */
  public static WasmRuntime withInstalledModules() {
    return builder().installedModules().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects what a runtime is to be made with. All has a default. */
  public static final class Builder {

    private MemoryBudget budget = MemoryBudget.ofDefaultSize();
    private @Nullable String engineName;
    private @Nullable WasmSimdForm simd;
    private @Nullable WasmEngine engine;
    private @Nullable CompiledCodeStore codeStore;
    private WasmErrorHandler errorHandler = new DefaultWasmErrorHandler();
    private WasmTaskSettings tasks = WasmTaskSettings.DEFAULTS;
    private WasmSignatures signatures = WasmSignatures.NONE;
    private @Nullable WasmPluginSettings plugins;
    private final Map<String, WasmCircuitBreaker> breakers = new HashMap<>();
    private @Nullable TenantTable tenants;
    private final List<WasmLocationResolver> resolvers = new ArrayList<>();
    private final List<WasmCallConvention> conventions = new ArrayList<>();
    private final List<WasmModuleDescriptor> modules = new ArrayList<>();
    private boolean enabled = true;

    private Builder() {}

    /** Whether modules run; if not, Java answers where it can, as {@code wasm.enabled} says it. */
    public Builder enabled(boolean enabled) {
      this.enabled = enabled;
      return this;
    }

    /**
     * The memory that all instances may have together, 1 GB or half of the heap where nobody says
     * so.
     *
     * @param bytes more than 0
     */
    public Builder memoryBudget(long bytes) {
      this.budget = new MemoryBudget(bytes);
      return this;
    }

    /** Which of several engines on the class path runs the modules. */
    public Builder engine(String name) {
      this.engineName = name;
      return this;
    }

    /** What the engine makes of vectors (SIMD); without it {@link WasmSimdForm#ofProperty} says. */
    public Builder simd(WasmSimdForm form) {
      this.simd = form;
      return this;
    }

    /** An engine that is made already; {@link #codeStore} is its own business then. */
    public Builder engine(WasmEngine made) {
      this.engine = made;
      return this;
    }

    /**
     * Where compiled modules are kept, to be found by the next process.
     *
     * @param store {@code null} to compile them in each process
     */
    public Builder codeStore(@Nullable CompiledCodeStore store) {
      this.codeStore = store;
      return this;
    }

    /** What becomes of calls that fail. */
    public Builder errorHandler(WasmErrorHandler handler) {
      this.errorHandler = handler;
      return this;
    }

    /** How calls that answer later come to a thread. */
    public Builder tasks(WasmTaskSettings settings) {
      this.tasks = settings;
      return this;
    }

    /**
     * Takes the place of the quarantine of those modules whose settings name it.
     *
     * @param name as in the settings
     */
    public Builder circuitBreaker(String name, WasmCircuitBreaker breaker) {
      this.breakers.put(name, breaker);
      return this;
    }

    /** Each tenant has limits and a share; a call names its tenant itself. */
    public Builder tenants(WasmTenantSettings settings) {
      return tenants(settings, WasmTenantResolver.NONE);
    }

    /**
     * Each tenant has limits and a share.
     *
     * @param resolver finds the tenants of calls that do not name theirs
     */
    public Builder tenants(WasmTenantSettings settings, WasmTenantResolver resolver) {
      this.tenants = new TenantTable(settings, resolver);
      return this;
    }

    /** Reads modules from further places; asked before class path, files and servers. */
    public Builder locationResolver(WasmLocationResolver resolver) {
      this.resolvers.add(resolver);
      return this;
    }

    /** Which modules must be signed, and by whom. */
    public Builder signatures(WasmSignatures signatures) {
      this.signatures = signatures;
      return this;
    }

    /**
     * Keeps plug-ins in a directory, and has those run that are in it.
     *
     * @param directory made for its owner alone if there is none
     */
    public Builder plugins(Path directory) {
      return plugins(WasmPluginSettings.in(directory).build());
    }

    /** The same with limits of their own. */
    public Builder plugins(WasmPluginSettings settings) {
      this.plugins = settings;
      return this;
    }

    /** Lets values cross in another way too. */
    public Builder callConvention(WasmCallConvention convention) {
      this.conventions.add(convention);
      return this;
    }

    public Builder module(WasmModuleDescriptor module) {
      this.modules.add(module);
      return this;
    }

    /** All modules that the {@link ServiceLoader} finds. */
    public Builder installedModules() {
      ServiceLoader.load(WasmModuleProvider.class, ApplicationClassLoader.get())
          .forEach(provider -> this.modules.addAll(provider.modules()));
      return this;
    }

    /**
     * @throws io.github.wasmspring.engine.WasmEngineNotFoundException if there is no engine, or
     *     none of that name
     * @throws io.github.wasmspring.WasmLoadException if the directory of plug-ins can't be used, or
     *     somebody else uses it
     */
    public WasmRuntime build() {
      return this.plugins == null ? build(null) : buildWithPlugins(this.plugins);
    }

    private WasmRuntime buildWithPlugins(WasmPluginSettings settings) {
      PluginHome home = PluginHome.open(settings);
      try {
        return build(home);
      } catch (RuntimeException | Error failed) {
        home.close();
        throw failed;
      }
    }

    private List<WasmLocationResolver> resolvers(@Nullable PluginHome home) {
      List<WasmLocationResolver> all = new ArrayList<>(this.resolvers);
      if (home != null) {
        all.add(0, home.resolver());
      }
      return all;
    }

    private WasmRuntime build(@Nullable PluginHome home) {
      WasmEngine used =
          this.engine != null
              ? this.engine
              : WasmEngines.of(ApplicationClassLoader.get())
                  .create(
                      this.engineName,
                      this.codeStore,
                      this.simd == null ? WasmSimdForm.ofProperty() : this.simd);
      RuntimeParts parts =
          new RuntimeParts(
              new RuntimeParts.Setup(
                  DefaultWasmModuleLoader.of(
                      resolvers(home),
                      HttpSettings.builder().build(),
                      OciSettings.DEFAULTS,
                      this.signatures),
                  new EngineSetup(
                      used,
                      new CompiledModuleCache(CompiledModuleCache.DEFAULT_WEIGHT),
                      TierSettings.DEFAULTS),
                  this.budget,
                  this.conventions,
                  new CallPolicy(
                      this.errorHandler,
                      new WasmErrorCounters(),
                      this.enabled,
                      Map.copyOf(this.breakers)::get,
                      WasmCanarySelector.SHARE,
                      this.tenants),
                  new WasmTaskExecutor(this.tasks)));
      this.modules.forEach(parts.registry()::register);
      WasmEngine ownEngine = this.engine == null ? used : null;
      if (home == null || this.plugins == null) {
        return new WasmRuntime(parts, this.codeStore, ownEngine, null);
      }
      try {
        RuntimePlugins plugins = new RuntimePlugins(home, this.plugins, parts);
        return new WasmRuntime(parts, this.codeStore, ownEngine, plugins);
      } catch (RuntimeException | Error failed) {
        parts.close();
        throw failed;
      }
    }
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

  /** Whether modules run; if not, Java answers where it can. */
  public boolean isEnabled() {
    return this.parts.setup().policy().enabled();
  }

  /** Adds a module. */
  public WasmRuntime register(WasmModuleDescriptor module) {
    this.parts.registry().register(module);
    return this;
  }

  public WasmModuleManager manager() {
    return this.parts.manager();
  }

  /**
   * Installs, updates and removes plug-ins.
   *
   * @throws IllegalStateException if the runtime was built without a directory for them
   */
  public WasmPlugins plugins() {
    if (this.plugins == null) {
      throw new IllegalStateException(
          "This runtime has no plug-ins; say where they are kept: WasmRuntime.builder().plugins(directory)");
    }
    return this.plugins.plugins();
  }

  public WasmEventPublisher events() {
    return this.parts.events();
  }

  /** The host functions that modules may import if their settings say so. */
  public WasmHostFunctionLibrary hostFunctions() {
    return this.parts.hostFunctions();
  }

  /** Runs the calls that answer later. */
  public WasmTaskExecutor tasks() {
    return this.parts.setup().tasks();
  }

  /** What tenants have; empty if the runtime was made without them. */
  public Optional<WasmTenants> tenants() {
    return Optional.ofNullable(this.parts.setup().policy().tenants());
  }

  /** The bytes that all instances have together at the moment. */
  public long usedMemory() {
    return this.parts.setup().budget().used();
  }

  /** A new profiler of what the guests of this runtime do; to be closed. */
  public WasmProfiler profiler() {
    return new WasmProfiler(this.parts.watchdog());
  }

  /** Tells where the time of this runtime's modules goes and what to do about it. */
  public WasmPerformanceReporter performanceReporter() {
    return new WasmPerformanceReporter(
        this.parts.manager(), this.parts.setup().budget(), this.codeStore);
  }

  /** Lets go of all modules and threads. */
  @Override
  public void close() {
    if (this.plugins != null) {
      this.plugins.close();
    }
    this.parts.close();
    if (this.ownEngine != null) {
      this.ownEngine.close();
    }
  }
}
