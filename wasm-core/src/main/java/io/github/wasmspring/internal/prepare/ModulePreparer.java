package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.debug.SourceLines;
import io.github.wasmspring.internal.engine.BackgroundCompiler;
import io.github.wasmspring.internal.engine.CompilerThreads;
import io.github.wasmspring.internal.module.ShownLocation;
import io.github.wasmspring.internal.pool.HeapProbe;
import io.github.wasmspring.internal.pool.InstanceMaker;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.pool.StockKeeper;
import io.github.wasmspring.internal.sandbox.GuestProgram;
import io.github.wasmspring.internal.sandbox.GuestStack;
import io.github.wasmspring.internal.sandbox.GuestThreadFactory;
import io.github.wasmspring.internal.sandbox.MemoryWatch;
import io.github.wasmspring.internal.sandbox.ModuleMemory;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.internal.split.DebugNames;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Reads, compiles and pools modules. */
public final class ModulePreparer implements AutoCloseable {

  /** The tag of modules that are no user's. */
  public static final String INTERNAL = "wasmspring-internal";

  private static final Logger logger = LoggerFactory.getLogger(ModulePreparer.class);

  private final WasmModuleLoader loader;
  private final WasmEngine engine;
  private final CompiledModuleCache cache;
  private final CodeUsers users;
  private final BackgroundCompiler background;
  private final FirstCode firstCode;
  private final Sandbox sandbox;
  private final WasmHostFunctionLibrary hostFunctions;
  private final WasmEventPublisher events;
  private final StockKeeper stockKeeper = new StockKeeper();
  private final MemoryWatch memoryWatch;

  /**
   * @param hostFunctions what modules may import if their settings say so
   */
  public ModulePreparer(
      WasmModuleLoader loader,
      EngineSetup setup,
      Sandbox sandbox,
      WasmHostFunctionLibrary hostFunctions,
      WasmEventPublisher events) {
    this.loader = loader;
    this.engine = setup.engine();
    this.cache = setup.cache();
    this.background = new BackgroundCompiler(setup.tiers().compileThreads());
    this.users = new CodeUsers(this.cache, this.engine);
    this.firstCode =
        new FirstCode(
            new CompilerThreads(this.engine, this.cache), this.background, setup.tiers(), events);
    this.sandbox = sandbox;
    this.hostFunctions = hostFunctions;
    this.events = events;
    this.memoryWatch = new MemoryWatch(sandbox.budget(), events);
  }

  /**
   * @throws WasmException if the module can't be read, compiled or instantiated
   */
  public PreparedModule prepare(WasmModuleDescriptor module) {
    long start = System.nanoTime();
    try {
      PreparedModule prepared = load(module);
      prepared.pool().fill();
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      logger
          .atLevel(module.tags().contains(INTERNAL) ? Level.DEBUG : Level.INFO)
          .log(
              "WebAssembly module {} is ready after {} ms ({}, {} exported functions)",
              module,
              duration.toMillis(),
              prepared.code().engine(),
              prepared.code().exports().size());
      this.events.publish(
          new WasmEvent.ModuleReady(
              module.id(),
              module.version(),
              prepared.code().engine(),
              prepared.digest(),
              duration));
      return prepared;
    } catch (WasmException failure) {
      WasmException located = failure.locate(WasmErrorContext.of(module.id(), module.version()));
      this.events.publish(
          new WasmEvent.ModuleFailed(
              module.id(),
              module.version(),
              located.category(),
              located.getMessage(),
              Duration.ofNanos(System.nanoTime() - start)));
      throw located;
    }
  }

  /** Lets go of the code of a module that is gone, unless another module has the same. */
  public void forget(WasmModuleDescriptor module) {
    this.users.forget(module);
  }

  /**
   * What a module uses, told from its bytes.
   *
   * @return {@code null} if they are not on this machine or can't be read
   */
  public @Nullable Set<WasmFeature> features(WasmModuleDescriptor module) {
    WasmLocation location = WasmLocation.of(module.location());
    if (location == null || location.isRemote()) {
      return null;
    }
    try {
      return this.loader.load(module).facts().features().all();
    } catch (WasmException unreadable) {
      logger.debug("The features of {} can't be told", module, unreadable);
      return null;
    }
  }

  private PreparedModule load(WasmModuleDescriptor module) {
    String compiledClass = module.compiledClass();
    if (compiledClass != null && (module.location() == null || wantsClass(module, compiledClass))) {
      this.users.useClass(module, compiledClass);
      WasmCode code = this.cache.precompiled(this.engine, compiledClass, module.classLoader());
      ModuleTier tier = ModuleTier.settled("it was compiled at build time");
      Collection<WasmProvidedImport> imports =
          ModuleImports.of(module, code.hostImports(), this.hostFunctions);
      return pooled(module, code, imports, new Provenance(module.digest(), null), tier, null);
    }
    WasmBinary binary = this.loader.load(module);
    this.users.use(module, binary.digest());
    Collection<WasmProvidedImport> imports =
        ModuleCheck.beforeCompiling(module, binary, this.engine, this.hostFunctions);
    FirstCode.Choice first = this.firstCode.choose(module, binary);
    BigFunctionReport.write(module, first.code().bigFunctions());
    return first.tier().isSettled()
        ? pooled(module, first.code(), imports, Provenance.of(binary), first.tier(), null)
        : toBeCompiled(module, binary, first, imports);
  }

  private boolean wantsClass(WasmModuleDescriptor module, String compiledClass) {
    if (module.settings().engineMode() == WasmEngineMode.INTERPRETER && this.engine.interprets()) {
      return false;
    }
    boolean takes = this.engine.takesPrecompiled(compiledClass, module.classLoader());
    if (!takes) {
      logger.info(
          "The class {} of WebAssembly module {} was made for another engine than {}, which takes the module from {}",
          compiledClass,
          module,
          this.engine.name(),
          ShownLocation.of(Objects.requireNonNull(module.location())));
    }
    return takes;
  }

  private PreparedModule toBeCompiled(
      WasmModuleDescriptor module,
      WasmBinary binary,
      FirstCode.Choice first,
      Collection<WasmProvidedImport> imports) {
    ModuleTier tier = first.tier();
    ReleasableCode interpreted = new ReleasableCode(first.code());
    PreparedModule prepared =
        pooled(module, interpreted, imports, Provenance.of(binary), tier, interpreted);
    tier.promoteBy(
        new BackgroundPromotion(
            prepared,
            () -> {
              WasmCode code = this.firstCode.compileHere(module, binary);
              this.users.forgetUnlessUsed(binary.digest());
              return code;
            },
            code -> pooled(module, code, imports, Provenance.of(binary), tier, null),
            this.events));
    return prepared;
  }

  /**
   * @param interpreted the same code if the tier is to get the module away from it
   */
  private PreparedModule pooled(
      WasmModuleDescriptor module,
      WasmCode code,
      Collection<WasmProvidedImport> imports,
      Provenance provenance,
      ModuleTier tier,
      @Nullable ReleasableCode interpreted) {
    WasmModuleSettings settings = module.settings();
    Limits limits = settings.limits();
    String digest = provenance.digest();
    code.check(imports, limits);
    boolean resettable = settings.pool().reset().resets();
    GuestThreadFactory threads = new GuestThreadFactory(module.id(), limits.stack());
    ModuleMemory memory =
        new ModuleMemory(module.id(), module.version(), limits.memory(), limits.memoryAlerts());
    String first = StartFunction.of(module, code);
    UseCounter meter = interpreted != null ? tier.meter() : null;
    InstanceMaker maker =
        new InstanceMaker(
            new InstanceMaker.Source(
                memory,
                code.footprint(limits),
                HeapProbe.of(module.id(), code),
                charge ->
                    metered(
                        meter,
                        code.instantiate(imports, limits, charge, resettable, threads, first)),
                () -> limits.stack() == 0 ? null : new GuestStack(module.id(), limits.stack()),
                threads::running,
                new GuestProgram(
                    module.id(),
                    code,
                    () -> functionNames(module, digest),
                    new DebugAtHand(() -> localDebug(module, digest)))),
            settings.pool().borrowTimeout(),
            limits.timeout(),
            this.sandbox.watchdog(),
            this.sandbox.budget());
    InstancePool pool =
        new InstancePool(
            maker,
            settings.pool(),
            this.sandbox.budget(),
            this.stockKeeper,
            category ->
                this.events.publish(
                    new WasmEvent.InstanceDiscarded(module.id(), module.version(), category)));
    this.memoryWatch.watch(memory, pool::recycleAbove);
    return new PreparedModule(
        module,
        code,
        provenance,
        pool,
        tier,
        () -> {
          this.memoryWatch.forget(memory);
          if (interpreted != null) {
            tier.drop();
            interpreted.release();
          }
        });
  }

  private static WasmInstance metered(@Nullable UseCounter meter, WasmInstance instance) {
    return meter == null ? instance : new MeteredInstance(instance, meter);
  }

  /** A failing call is not the time to ask a server for the module again. */
  private DebugAtHand.Data localDebug(WasmModuleDescriptor module, @Nullable String digest) {
    WasmLocation location = WasmLocation.of(module.location());
    WasmBinary binary = location != null && location.isLocal() ? readAgain(module, digest) : null;
    return binary == null
        ? DebugAtHand.Data.NONE
        : new DebugAtHand.Data(
            DebugNames.read(binary.bytes(), binary.facts()),
            SourceLines.read(binary.bytes(), binary.facts()));
  }

  /** Read anew, for modules that nobody profiles need not keep them. */
  private Map<Integer, String> functionNames(WasmModuleDescriptor module, @Nullable String digest) {
    WasmBinary binary = readAgain(module, digest);
    return binary == null ? Map.of() : DebugNames.read(binary.bytes(), binary.facts());
  }

  /** {@code null} if the module can't be read, or is another one by now. */
  private @Nullable WasmBinary readAgain(WasmModuleDescriptor module, @Nullable String digest) {
    if (module.location() == null) {
      return null;
    }
    try {
      WasmBinary binary = this.loader.load(module);
      return digest == null || digest.equals(binary.digest()) ? binary : null;
    } catch (WasmException gone) {
      logger.debug("What {} says for debugging can't be read", module, gone);
      return null;
    }
  }

  /**
   * Ends the threads that compile, prepare instances and watch memory; modules work on without
   * them.
   */
  @Override
  public void close() {
    this.background.close();
    this.stockKeeper.close();
    this.memoryWatch.close();
  }
}
