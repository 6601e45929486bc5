package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.CompiledModuleCache;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmSnapshot;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.engine.BackgroundCompiler;
import io.github.wasmspring.internal.engine.CompilerThreads;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.internal.flight.LoadFlight;
import io.github.wasmspring.internal.load.LoadProgress;
import io.github.wasmspring.internal.pool.InstanceMaker;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.pool.StockKeeper;
import io.github.wasmspring.internal.sandbox.GuestThreadFactory;
import io.github.wasmspring.internal.sandbox.MemoryAccount;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.internal.sandbox.MemoryWatch;
import io.github.wasmspring.internal.sandbox.ModuleMemory;
import io.github.wasmspring.internal.sandbox.Sandbox;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.load.WasmModuleLoader;
import io.github.wasmspring.module.WasmHostFunctionLibrary;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmProvidedImport;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final ModuleLinker linker;
  private final BuiltCode builtCode;
  private final LinkableModules linkables;
  private final GuestPrograms programs;
  private final Sandbox sandbox;
  private final WasmHostFunctionLibrary hostFunctions;
  private final WasmCallConventions conventions;
  private final WasmEventPublisher events;
  private final StockKeeper stockKeeper = new StockKeeper();
  private final MemoryWatch memoryWatch;

  /**
   * @param hostFunctions what modules may import if their settings say so
   * @param conventions by which a module is called that is prepared
   * @param registry the modules that others may depend on
   */
  public ModulePreparer(
      WasmModuleLoader loader,
      EngineSetup setup,
      Sandbox sandbox,
      WasmHostFunctionLibrary hostFunctions,
      WasmCallConventions conventions,
      WasmEventPublisher events,
      WasmModuleRegistry registry) {
    this.loader = loader;
    this.engine = setup.engine();
    this.cache = setup.cache();
    this.background = new BackgroundCompiler(setup.tiers().compileThreads());
    this.users = new CodeUsers(this.cache, this.engine);
    this.firstCode =
        new FirstCode(
            new CompilerThreads(this.engine, this.cache), this.background, setup.tiers(), events);
    this.linker = new ModuleLinker(registry, this.engine);
    this.builtCode = new BuiltCode(this.engine, this.cache);
    this.linkables =
        new LinkableModules(loader, this.engine, this.builtCode, this.firstCode, hostFunctions);
    this.programs = new GuestPrograms(loader);
    this.sandbox = sandbox;
    this.hostFunctions = hostFunctions;
    this.conventions = conventions;
    this.events = events;
    this.memoryWatch = new MemoryWatch(sandbox.budget(), events);
  }

  /**
   * @throws WasmException if the module can't be read, compiled or instantiated
   */
  public PreparedModule prepare(WasmModuleDescriptor module) {
    NewCode made = prepareBeside(module);
    made.accept();
    return made.module();
  }

  /**
   * Makes code for a module ready beside that which it may have.
   *
   * @throws WasmException if the module can't be read, compiled or instantiated
   */
  public NewCode prepareBeside(WasmModuleDescriptor module) {
    this.events.publish(new WasmEvent.ModuleLoading(module.id(), module.version()));
    LoadFlight flight = FlightLog.get().load(module.id(), module.version());
    long start = System.nanoTime();
    CodeUsers.Load codes = this.users.load(module);
    boolean ready = false;
    try {
      PreparedModule prepared =
          LoadProgress.during(
              this.events, module.id(), module.version(), () -> load(module, codes));
      fill(prepared);
      ready(module, prepared, flight, Duration.ofNanos(System.nanoTime() - start));
      ready = true;
      return new NewCode(prepared, codes);
    } catch (WasmException failure) {
      WasmException located = failure.locate(WasmErrorContext.of(module.id(), module.version()));
      failed(module, flight, located.category(), located.getMessage(), start);
      throw located;
    } catch (RuntimeException | Error unexpected) {
      // Of a loader, an engine or an offer of host functions, which others write.
      failed(module, flight, WasmErrorCategory.ENGINE, unexpected.toString(), start);
      throw unexpected;
    } finally {
      if (!ready) {
        codes.close();
      }
    }
  }

  private void ready(
      WasmModuleDescriptor module, PreparedModule prepared, LoadFlight flight, Duration duration) {
    flight.ended(prepared.code().engine(), prepared.digest(), null);
    logger
        .atLevel(module.tags().contains(INTERNAL) ? Level.DEBUG : Level.INFO)
        .log(
            "WebAssembly module {} is ready after {} ms ({}, {} exported functions{})",
            module,
            duration.toMillis(),
            prepared.code().engine(),
            prepared.code().exports().size(),
            linkedWith(prepared));
    this.events.publish(
        new WasmEvent.ModuleReady(
            module.id(), module.version(), prepared.code().engine(), prepared.digest(), duration));
  }

  /** Nobody else has it yet who would let go of it. */
  private static void fill(PreparedModule prepared) {
    try {
      prepared.pool().fill();
    } catch (RuntimeException | Error failure) {
      try {
        prepared.close();
      } catch (RuntimeException | Error second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private void failed(
      WasmModuleDescriptor module,
      LoadFlight flight,
      WasmErrorCategory category,
      String message,
      long start) {
    flight.ended(this.engine.name(), module.digest(), category);
    this.events.publish(
        new WasmEvent.ModuleFailed(
            module.id(),
            module.version(),
            category,
            message,
            Duration.ofNanos(System.nanoTime() - start)));
  }

  private static String linkedWith(PreparedModule prepared) {
    return prepared.links().isEmpty()
        ? ""
        : prepared.links().stream()
            .map(link -> link.module() + " " + link.version())
            .collect(Collectors.joining(", ", ", linked with ", ""));
  }

  /**
   * The digest that a module has now where it comes from.
   *
   * @param digest that it had
   * @return {@code null} if that is the same
   * @throws WasmException if that can't be told
   */
  public @Nullable String changedDigest(WasmModuleDescriptor module, String digest) {
    if (!this.loader.mayHaveChanged(module, digest)) {
      return null;
    }
    String now =
        LoadProgress.during(
            this.events, module.id(), module.version(), () -> this.loader.load(module).digest());
    return now.equals(digest) ? null : now;
  }

  /** Lets go of the code of a module that is gone, unless another module has the same. */
  public void forget(WasmModuleDescriptor module) {
    this.users.forget(module);
  }

  /** The code of a module that is not loaded goes from the heap, unless others use it. */
  public void forgetCode(WasmModuleDescriptor module) {
    this.users.dismiss(module);
  }

  /** Compiled code in the heap. */
  public CompiledModuleCache cache() {
    return this.cache;
  }

  /** The memory of all instances. */
  public MemoryBudget budget() {
    return this.sandbox.budget();
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

  private PreparedModule load(WasmModuleDescriptor module, CodeUsers.Load codes) {
    ModuleLinker.Linking linking =
        this.linker.begin(module, (needed, linker) -> this.linkables.load(codes, needed, linker));
    WasmCode built = this.builtCode.of(module, codes, false);
    if (built != null) {
      ModuleFacts facts = built.facts();
      ModuleLinks links = facts == null ? ModuleLinks.NONE : linking.link(module, facts);
      Collection<WasmProvidedImport> imports =
          ModuleImports.of(module, built.hostImports(), this.hostFunctions, links);
      return pooled(
          module,
          built,
          new Given(imports, links),
          new Provenance(module.digest(), null),
          ModuleTier.settled("it was compiled at build time"),
          null);
    }
    WasmBinary binary = this.loader.load(module);
    codes.use(binary.digest());
    ModuleLinks links = linking.link(module, binary.facts());
    Given given =
        new Given(
            ModuleCheck.beforeCompiling(module, binary, this.engine, this.hostFunctions, links),
            links);
    FirstCode.Choice first = this.firstCode.choose(module, binary);
    BigFunctionReport.write(module, first.code().bigFunctions());
    return first.tier().isSettled()
        ? pooled(module, first.code(), given, Provenance.of(binary), first.tier(), null)
        : toBeCompiled(module, binary, first, given);
  }

  private PreparedModule toBeCompiled(
      WasmModuleDescriptor module, WasmBinary binary, FirstCode.Choice first, Given given) {
    ModuleTier tier = first.tier();
    ReleasableCode interpreted = new ReleasableCode(first.code());
    PreparedModule prepared =
        pooled(module, interpreted, given, Provenance.of(binary), tier, interpreted);
    tier.promoteBy(
        new BackgroundPromotion(
            prepared,
            () -> {
              WasmCode code = this.firstCode.compileHere(module, binary);
              this.users.forgetUnlessUsed(binary.digest());
              return code;
            },
            code -> pooled(module, code, given, Provenance.of(binary), tier, null),
            this.events));
    return prepared;
  }

  /**
   * What a module is given of what it imports.
   *
   * @param links those of them that come from other modules
   */
  private record Given(Collection<WasmProvidedImport> imports, ModuleLinks links) {}

  /**
   * @param interpreted the same code if the tier is to get the module away from it
   */
  private PreparedModule pooled(
      WasmModuleDescriptor module,
      WasmCode code,
      Given given,
      Provenance provenance,
      ModuleTier tier,
      @Nullable ReleasableCode interpreted) {
    WasmModuleSettings settings = module.settings();
    Limits limits = settings.limits();
    code.check(given.imports(), limits);
    SharedStateNote.write(module, given.links());
    InstanceSupply supply =
        new InstanceSupply(
            module,
            code,
            given.imports(),
            new LinkedInstances(given.links(), given.imports(), limits, code.facts()),
            settings.pool().reset().resets() && !given.links().shareState(),
            new GuestThreadFactory(module.id(), limits.stack()),
            interpreted != null ? tier.meter() : null,
            new ModuleMemory(module.id(), module.version(), limits.memory(), limits.memoryAlerts()),
            this.programs.of(
                module,
                code,
                provenance.digest(),
                given.links().members().stream().map(this.programs::of).toList()),
            this.sandbox);
    ModuleMemory memory = supply.memory();
    WasmSnapshot snapshot = snapshot(supply);
    MemoryAccount ofSnapshot =
        snapshot == null
            ? null
            : this.sandbox.budget().admit(memory, snapshot.size(), settings.pool().borrowTimeout());
    InstanceMaker maker = supply.maker(snapshot);
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
        given.links().describe(),
        () -> {
          this.memoryWatch.forget(memory);
          if (ofSnapshot != null) {
            ofSnapshot.close();
          }
          if (interpreted != null) {
            tier.drop();
            interpreted.release();
          }
        });
  }

  /** What all instances begin with, {@code null} if each starts by itself. */
  private @Nullable WasmSnapshot snapshot(InstanceSupply supply) {
    return InstancePreparation.isWanted(supply.module())
        ? new InstancePreparation(supply.module(), supply.code(), this.conventions)
            .run(supply.maker(null))
        : null;
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
