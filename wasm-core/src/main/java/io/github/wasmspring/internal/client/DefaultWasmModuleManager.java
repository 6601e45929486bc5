package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmVersionConflictException;
import io.github.wasmspring.client.WasmCleanUp;
import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.client.WasmStatistics;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmCircuitBreaker;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.prepare.WasmLink;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.work.WasmTaskExecutor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the modules of a registry. */
public final class DefaultWasmModuleManager implements WasmModuleManager, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(DefaultWasmModuleManager.class);

  /** How the opening of a session is called where an operation is asked for. */
  private static final String OPENING = "session";

  private final WasmModuleRegistry registry;
  private final ModulePreparer preparer;
  private final WasmCallConventions conventions;
  private final CallPolicy policy;
  private final InterfaceProxies proxies;
  private final MethodCalls methodCalls;
  private final CallExecutor calls;
  private final ArgumentMapper argumentMapper;
  private final WasmTaskExecutor tasks;
  private final Map<WasmModuleDescriptor, LiveModule> modules = new ConcurrentHashMap<>();
  private final Set<WasmModuleDescriptor> leaving = ConcurrentHashMap.newKeySet();
  private final OpenSessions sessions;
  private final PoolHousekeeper housekeeper;
  private final RolloutThread rolloutThread = new RolloutThread();
  private final Drains drains;
  private final Rollouts rollouts;
  private final HealthCheck healthCheck;
  private final UpdateChecker updates = new UpdateChecker(this::refresh);
  private volatile boolean closed;

  /** Somebody may ask for a module that is being replaced at this moment, and no more often. */
  private static final int REPLACEMENTS = 100;

  record LiveModule(ModuleHandle handle, OperationCatalog catalog) {}

  /**
   * @param tasks runs calls whose method returns a future or a {@code Mono}; not closed
   */
  public DefaultWasmModuleManager(
      WasmModuleRegistry registry,
      ModulePreparer preparer,
      WasmCallConventions conventions,
      CallPolicy policy,
      WasmTaskExecutor tasks,
      WasmEventPublisher events) {
    this.registry = registry;
    this.preparer = preparer;
    this.conventions = conventions;
    this.policy = policy;
    this.tasks = tasks;
    this.proxies = new InterfaceProxies(conventions);
    this.calls = new CallExecutor(policy, events);
    this.methodCalls = new MethodCalls(this.calls, tasks);
    this.argumentMapper = new ArgumentMapper(conventions.jsonMapper());
    this.sessions = new OpenSessions(events);
    this.drains = new Drains(this.rolloutThread, this.sessions, events);
    this.rollouts =
        new Rollouts(
            preparer,
            events,
            new CodeCheck(this.argumentMapper, conventions.jsonMapper()),
            policy,
            this.rolloutThread,
            new Replacement());
    this.healthCheck = new HealthCheck(this, policy.enabled());
    this.housekeeper = new PoolHousekeeper(this::trimPools, this.sessions::check);
    events.addListener(FlightLog.get());
    events.addListener(policy.errors());
    events.addListener(this::forgetUnregistered);
    events.addListener(this::watchDependencies);
  }

  private void forgetUnregistered(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleUnregistered gone) {
      this.modules
          .entrySet()
          .removeIf(
              entry -> {
                boolean matches =
                    entry.getKey().id().equals(gone.module())
                        && entry.getKey().version().equals(gone.version())
                        && !this.leaving.contains(entry.getKey());
                if (matches) {
                  entry.getValue().handle().close(DefaultWasmModuleManager::unregistered);
                  this.updates.forget(entry.getValue().handle());
                  this.preparer.forget(entry.getKey());
                }
                return matches;
              });
      if (this.registry.versions(gone.module()).isEmpty()) {
        this.tasks.forget(gone.module());
        this.policy.errors().forget(gone.module());
      }
    }
  }

  /** What others are linked with may be called by nobody else, and changes all the same. */
  private void watchDependencies(WasmEvent event) {
    if (event instanceof WasmEvent.ModuleReady ready) {
      this.registry.versions(ready.module()).stream()
          .filter(module -> module.version().equals(ready.version()))
          .filter(module -> !module.dependencies().isEmpty())
          .forEach(this::watchDependencies);
    }
  }

  private void watchDependencies(WasmModuleDescriptor importer) {
    try {
      this.registry.resolve(importer).stream()
          .filter(module -> UpdateChecker.watches(module.settings()))
          .forEach(this::find);
    } catch (WasmException changedMeanwhile) {
      logger.debug("What {} depends on is gone", importer, changedMeanwhile);
    }
  }

  private static WasmException unregistered() {
    return new WasmLoadException(WasmErrorCategory.LOAD, "the module has been unregistered", null);
  }

  @Override
  public <T extends @Nullable Object> WasmResult<T> execute(
      String module, String operation, @Nullable Object input, Map<String, ?> options) {
    DefaultOperationSpec call = new DefaultOperationSpec(this, live(module, DEFAULT), operation);
    call.input(input).options(options);
    return call.retrieveDeclared();
  }

  @Override
  public WasmModuleClient module(String id, String range) {
    LiveModule module = live(id, range);
    return operation -> {
      requireOpen(module.handle().descriptor());
      return new DefaultOperationSpec(this, module, operation);
    };
  }

  @Override
  public WasmSession open(String id, String range, WasmCallOptions options) {
    ModuleHandle handle = live(id, range).handle();
    return handle.within(() -> session(handle, options));
  }

  private WasmSession session(ModuleHandle handle, WasmCallOptions options) {
    if (!this.policy.enabled() || handle.disabled()) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED,
          "only Java may answer here, and a session needs the module",
          null);
    }
    WasmCallId opening =
        new WasmCallId(handle.descriptor().id(), handle.descriptor().version(), OPENING);
    TenantCalls tenants = this.calls.tenants();
    TenantStay stay = tenants.enter(opening, tenants.caller(opening, options.tenant()));
    try {
      return session(handle, stay);
    } catch (RuntimeException | Error failure) {
      if (stay != null) {
        stay.end();
      }
      if (failure instanceof WasmException known) {
        tenants.tell(opening, known);
      }
      throw failure;
    }
  }

  private WasmSession session(ModuleHandle handle, @Nullable TenantStay stay) {
    TrialTurn turn = TrialTurn.of(handle);
    for (; ; ) {
      PreparedModule tried = turn != null && turn.isNew() ? turn.rollout().code() : null;
      PreparedModule prepared = tried != null ? tried : handle.prepared();
      PooledInstance instance = handle.borrow(prepared, null, stay);
      if (instance != null) {
        SessionLease lease =
            new SessionLease(handle.descriptor().id(), prepared.pool(), instance, stay);
        lease.begin();
        return new DefaultWasmSession(
            handle, prepared, lease, this.proxies, this.calls, this.sessions);
      }
    }
  }

  @Override
  public <T> T bind(Class<T> type) {
    return bind(type, InterfaceProxies.idOf(type), InterfaceProxies.rangeOf(type));
  }

  @Override
  public <T> T bind(Class<T> type, String id, String range) {
    LiveModule module = live(id, range);
    PreparedModule verified =
        mayRun(module.handle(), null) ? verified(type, module.handle()) : null;
    T bean =
        this.proxies.create(
            type, module.handle(), verified, module.catalog(), this.methodCalls::plan);
    module.catalog().bound(type, range);
    return bean;
  }

  /**
   * The code that an interface must fit; {@code null} if a server does not give it out just now and
   * Java can answer every call until it does.
   */
  private static @Nullable PreparedModule verified(Class<?> type, ModuleHandle handle) {
    try {
      return handle.prepared();
    } catch (WasmLoadException failure) {
      WasmLocation location = WasmLocation.of(handle.descriptor().location());
      if (failure.category() == WasmErrorCategory.LOAD
          && location != null
          && location.isRemote()
          && WasmOperations.methods(type).stream().allMatch(Method::isDefault)) {
        logger.warn(
            "{} is answered by Java until its module can be loaded: {}",
            type.getName(),
            failure.getMessage());
        return null;
      }
      throw failure;
    }
  }

  /** Whether a call that asks for {@code mode}, or for nothing, may load the module. */
  boolean mayRun(ModuleHandle handle, @Nullable WasmExecutionMode mode) {
    WasmExecutionMode asked = mode != null ? mode : handle.descriptor().settings().executionMode();
    return this.policy.enabled() && asked != WasmExecutionMode.JAVA;
  }

  private LiveModule live(String id, String range) {
    for (int attempt = 1; ; attempt++) {
      WasmModuleDescriptor module = this.registry.get(id, range);
      requireOpen(module);
      LiveModule found = attempt < REPLACEMENTS ? find(module) : live(module);
      if (found != null) {
        return found;
      }
    }
  }

  private void requireOpen(WasmModuleDescriptor module) {
    try {
      this.calls.requireOpen();
    } catch (WasmException closed) {
      throw closed.locate(WasmErrorContext.of(module.id(), module.version()));
    }
  }

  /** {@code null} if another descriptor has taken its place. */
  private @Nullable LiveModule find(WasmModuleDescriptor descriptor) {
    LiveModule known = this.modules.get(descriptor);
    return known != null
        ? known
        : opened(
            this.modules.compute(
                descriptor,
                (missing, other) -> {
                  if (other != null) {
                    return other;
                  }
                  return isRegistered(missing) ? create(missing) : null;
                }));
  }

  private boolean isRegistered(WasmModuleDescriptor descriptor) {
    return this.registry.versions(descriptor.id()).contains(descriptor);
  }

  private LiveModule live(WasmModuleDescriptor descriptor) {
    LiveModule live = this.modules.computeIfAbsent(descriptor, this::create);
    opened(live);
    return live;
  }

  private @Nullable LiveModule opened(@Nullable LiveModule created) {
    if (created != null && this.closed) {
      created.handle().close(CallExecutor::closed);
    }
    return created;
  }

  private LiveModule create(WasmModuleDescriptor descriptor) {
    ModuleHandle handle =
        new ModuleHandle(
            descriptor, this.preparer, this::breaker, this.calls.events(), this.drains);
    OperationCatalog catalog = new OperationCatalog(handle, this.conventions);
    LiveModule module = new LiveModule(handle, catalog);
    descriptor.types().forEach(type -> declare(type, module));
    this.updates.watch(handle);
    return module;
  }

  /** Makes the operations of an interface known by name, whether somebody has it or not. */
  private void declare(Class<?> type, LiveModule module) {
    this.proxies.create(type, module.handle(), null, module.catalog(), this.methodCalls::plan);
  }

  private @Nullable WasmCircuitBreaker breaker(WasmModuleDescriptor module) {
    String name = module.settings().quarantine().circuitBreaker();
    WasmCircuitBreaker breaker = name == null ? null : this.policy.breakers().find(name);
    if (name != null && breaker == null) {
      throw new WasmLoadException(
              WasmErrorCategory.LOAD,
              "there is no circuit breaker '%s' (quarantine.circuit-breaker)".formatted(name),
              null)
          .locate(WasmErrorContext.of(module.id(), module.version()));
    }
    return breaker;
  }

  CallExecutor calls() {
    return this.calls;
  }

  MethodCalls methodCalls() {
    return this.methodCalls;
  }

  ArgumentMapper argumentMapper() {
    return this.argumentMapper;
  }

  @Override
  public List<WasmModuleStatus> status() {
    return statusOf(this.registry.list());
  }

  @Override
  public List<WasmModuleStatus> status(String id) {
    return statusOf(this.registry.versions(id));
  }

  private List<WasmModuleStatus> statusOf(List<WasmModuleDescriptor> modules) {
    List<WasmModuleStatus> all = new ArrayList<>();
    for (WasmModuleDescriptor descriptor : modules) {
      LiveModule module = find(descriptor);
      if (module != null) {
        all.add(statusOf(module));
      }
    }
    return all;
  }

  private WasmModuleStatus statusOf(LiveModule module) {
    return StatusReader.read(
        module.handle(),
        module.catalog(),
        this.policy.errors().of(module.handle().descriptor().id()));
  }

  @Override
  public List<WasmModuleStatus> search(String query) {
    return statusOf(this.registry.search(query));
  }

  @Override
  public WasmStatistics statistics() {
    return StatisticsReader.read(status(), this.preparer.budget(), this.preparer.cache());
  }

  @Override
  public List<WasmModuleHealth> check() {
    return status().stream().map(this.healthCheck::checkIfUsed).toList();
  }

  @Override
  public WasmModuleHealth check(String id, String range) {
    return this.healthCheck.check(statusOf(live(id, range)));
  }

  @Override
  public WasmCleanUp cleanUp() {
    long memory = this.preparer.budget().used();
    long code = this.preparer.cache().size();
    long instances = 0;
    for (LiveModule module : this.modules.values()) {
      PreparedModule prepared = module.handle().preparedOrNull();
      if (prepared != null) {
        instances += prepared.pool().discardIdle();
      } else {
        module.handle().forgetCodeUnlessLoaded();
      }
    }
    return new WasmCleanUp(
        instances,
        Math.max(0, memory - this.preparer.budget().used()),
        Math.max(0, code - this.preparer.cache().size()));
  }

  @Override
  public void warmUp(String id, String range) {
    live(id, range);
    this.registry.resolve(id, range).forEach(module -> whileThere(module, ModuleHandle::prepared));
  }

  @Override
  public void prefetch(String id, String range) {
    live(id, range);
    this.registry
        .resolve(id, range)
        .forEach(module -> whileThere(module, ModuleHandle::prepareAhead));
  }

  /** Nothing for a module that has been replaced meanwhile. */
  private void whileThere(WasmModuleDescriptor descriptor, Consumer<ModuleHandle> work) {
    LiveModule module = find(descriptor);
    if (module != null) {
      work.accept(module.handle());
    }
  }

  @Override
  public WasmRollout update(String id, String range, WasmModuleDescriptor next) {
    if (!next.id().equals(id)) {
      throw new IllegalArgumentException(
          "Module '%s' can't run %s, which is another module".formatted(id, next));
    }
    return Objects.requireNonNull(this.rollouts.update(live(id, range), next, false));
  }

  @Override
  public Optional<WasmRollout> rollout(String id, String range) {
    return Optional.ofNullable(live(id, range).handle().trial());
  }

  @Override
  public void reload(String id, String range) {
    this.rollouts.update(live(id, range), null, false);
  }

  private boolean relinkImporters(WasmModuleDescriptor library, Predicate<@Nullable String> old) {
    boolean relinked = false;
    for (LiveModule each : this.modules.values()) {
      relinked |= each.handle().relink(library, old);
    }
    return relinked;
  }

  @Override
  public boolean refresh(String id, String range) {
    return refresh(live(id, range));
  }

  private boolean refresh(ModuleHandle handle) {
    LiveModule module = this.modules.get(handle.descriptor());
    return module != null && refresh(module);
  }

  private boolean refresh(LiveModule module) {
    ModuleHandle handle = module.handle();
    boolean changed = handle.isOutdated() && this.rollouts.update(module, null, true) != null;
    WasmModuleDescriptor library = handle.descriptor();
    Set<String> old =
        this.modules.values().stream()
            .flatMap(each -> each.handle().digestsOf(library))
            .distinct()
            .filter(handle::isOld)
            .collect(Collectors.toSet());
    return relinkImporters(library, digest -> digest != null && old.contains(digest)) || changed;
  }

  @Override
  public void evict(String id, String range) {
    live(id, range).handle().evict();
  }

  @Override
  public void relearn(String id, String range) {
    live(id, range).handle().choices().forget();
  }

  @Override
  public void release(String id, String range) {
    live(id, range).handle().quarantines().release();
  }

  @Override
  public void disable(String id, String range) {
    live(id, range).handle().disable(true);
  }

  @Override
  public void enable(String id, String range) {
    live(id, range).handle().disable(false);
  }

  @Override
  public WasmModuleRegistry registry() {
    return this.registry;
  }

  /** Has the rest of the application follow when a module gets other code. */
  private final class Replacement implements Rollouts.Owner {

    @Override
    public void requireReplaceable(
        LiveModule module, WasmModuleDescriptor from, WasmModuleDescriptor next) {
      if (next == from) {
        return;
      }
      registry().requireReplaceable(from, next);
      breaker(next);
      module
          .catalog()
          .ranges()
          .forEach((range, type) -> require(next, range, "the interface " + type + " is bound to"));
      registry().list().stream()
          .filter(other -> other.dependencies().containsKey(next.id()))
          .forEach(importer -> requireFor(importer, from, next));
    }

    private void requireFor(
        WasmModuleDescriptor importer, WasmModuleDescriptor from, WasmModuleDescriptor next) {
      String range = Objects.requireNonNull(importer.dependencies().get(next.id()));
      boolean hasOther =
          registry().versions(next.id()).stream()
              .anyMatch(other -> other != from && other.isWithin(range));
      if (from.isWithin(range) && !hasOther) {
        require(next, range, "the module " + importer + " depends on");
      }
    }

    private void require(WasmModuleDescriptor next, String range, String who) {
      if (!next.isWithin(range)) {
        throw new WasmVersionConflictException(
            "version %s can't take its place, for %s a version within %s; register it beside, or change that"
                .formatted(next.version(), who, range),
            range,
            registry().versions(next.id()).stream().map(WasmModuleDescriptor::version).toList());
      }
    }

    /** Nobody finds neither of them at any time, nor two modules where there is one. */
    @Override
    public void replace(WasmModuleDescriptor from, WasmModuleDescriptor to) {
      DefaultWasmModuleManager manager = DefaultWasmModuleManager.this;
      LiveModule module = manager.modules.get(from);
      if (module == null) {
        throw unregistered();
      }
      manager.leaving.add(from);
      manager.modules.put(to, module);
      boolean done = false;
      try {
        registry().replace(from, to);
        done = true;
      } finally {
        manager.modules.remove(done ? from : to);
        manager.leaving.remove(from);
      }
    }

    @Override
    public void replaced(WasmModuleDescriptor from, WasmModuleDescriptor to) {
      DefaultWasmModuleManager manager = DefaultWasmModuleManager.this;
      LiveModule module = manager.modules.get(to);
      if (module == null) {
        return;
      }
      if (to != from) {
        to.types().stream()
            .filter(type -> !from.types().contains(type))
            .forEach(type -> declare(type, module));
        manager.updates.forget(module.handle());
        manager.updates.watch(module.handle());
        if (!to.dependencies().isEmpty()) {
          watchDependencies(to);
        }
      }
      relinkImporters(from, digest -> true);
      relinkIfOld(module);
    }

    /** A library may have changed while the module was linked with it. */
    private void relinkIfOld(LiveModule importer) {
      PreparedModule ready = importer.handle().preparedOrNull();
      for (WasmLink link : ready == null ? List.<WasmLink>of() : ready.links()) {
        for (LiveModule library : DefaultWasmModuleManager.this.modules.values()) {
          WasmModuleDescriptor is = library.handle().descriptor();
          PreparedModule runs = library.handle().preparedOrNull();
          String digest = link.digest();
          if (is.id().equals(link.module())
              && is.version().equals(link.version())
              && runs != null
              && digest != null
              && !digest.equals(runs.digest())) {
            importer.handle().relink(is, digest::equals);
          }
        }
      }
    }
  }

  private void trimPools() {
    for (LiveModule module : this.modules.values()) {
      PreparedModule prepared = module.handle().preparedOrNull();
      if (prepared != null) {
        prepared.pool().trim();
      }
      ModuleRollout rollout = module.handle().trial();
      PreparedModule tried = rollout == null ? null : rollout.code();
      if (tried != null) {
        tried.pool().trim();
      }
    }
  }

  /** Lets go of all modules, and refuses whatever is asked from now on. */
  @Override
  public void close() {
    this.closed = true;
    this.calls.close();
    this.housekeeper.close();
    this.updates.close();
    this.modules.values().forEach(module -> module.handle().close(CallExecutor::closed));
    this.rolloutThread.close();
    this.preparer.close();
  }
}
