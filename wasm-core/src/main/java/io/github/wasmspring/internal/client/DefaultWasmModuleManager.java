package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.convention.WasmCallConventions;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.ModulePreparer;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.module.WasmLocation;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.work.WasmTaskExecutor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the modules of a registry. */
public final class DefaultWasmModuleManager implements WasmModuleManager, AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(DefaultWasmModuleManager.class);

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
  private final OpenSessions sessions;
  private final PoolHousekeeper housekeeper;
  private final UpdateChecker updates = new UpdateChecker(this::refresh);
  private volatile boolean closed;

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
                        && entry.getKey().version().equals(gone.version());
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
          .filter(module -> !module.settings().checkInterval().isZero())
          .forEach(this::live);
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
  public WasmSession open(String id, String range) {
    ModuleHandle handle = live(id, range).handle();
    return handle.within(() -> session(handle));
  }

  private WasmSession session(ModuleHandle handle) {
    if (!this.policy.enabled() || handle.disabled()) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED,
          "only Java may answer here, and a session needs the module",
          null);
    }
    for (; ; ) {
      PreparedModule prepared = handle.prepared();
      PooledInstance instance = handle.borrow(prepared, null);
      if (instance != null) {
        instance.openSession();
        return new DefaultWasmSession(
            handle, prepared, instance, this.proxies, this.calls, this.sessions);
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
    return this.proxies.create(
        type, module.handle(), verified, module.catalog(), this.methodCalls::plan);
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
    WasmModuleDescriptor module = this.registry.get(id, range);
    requireOpen(module);
    return live(module);
  }

  private void requireOpen(WasmModuleDescriptor module) {
    try {
      this.calls.requireOpen();
    } catch (WasmException closed) {
      throw closed.locate(WasmErrorContext.of(module.id(), module.version()));
    }
  }

  private LiveModule live(WasmModuleDescriptor descriptor) {
    LiveModule known = this.modules.get(descriptor);
    if (known != null) {
      return known;
    }
    LiveModule created = this.modules.computeIfAbsent(descriptor, this::create);
    if (this.closed) {
      created.handle().close(CallExecutor::closed);
    }
    return created;
  }

  private LiveModule create(WasmModuleDescriptor descriptor) {
    ModuleHandle handle = new ModuleHandle(descriptor, this.preparer, this.calls.events());
    OperationCatalog catalog = new OperationCatalog(handle, this.conventions);
    for (Class<?> type : descriptor.types()) {
      this.proxies.create(type, handle, null, catalog, this.methodCalls::plan);
    }
    this.updates.watch(handle);
    return new LiveModule(handle, catalog);
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
    return this.registry.list().stream().map(this::statusOf).toList();
  }

  @Override
  public List<WasmModuleStatus> status(String id) {
    return this.registry.versions(id).stream().map(this::statusOf).toList();
  }

  private WasmModuleStatus statusOf(WasmModuleDescriptor descriptor) {
    LiveModule module = live(descriptor);
    return StatusReader.read(
        module.handle(), module.catalog(), this.policy.errors().of(descriptor.id()));
  }

  @Override
  public void warmUp(String id, String range) {
    live(id, range);
    this.registry.resolve(id, range).forEach(module -> live(module).handle().prepared());
  }

  @Override
  public void prefetch(String id, String range) {
    live(id, range);
    this.registry.resolve(id, range).forEach(module -> live(module).handle().prepareAhead());
  }

  @Override
  public void reload(String id, String range) {
    ModuleHandle handle = live(id, range).handle();
    handle.reload();
    relinkImporters(handle, digest -> true);
  }

  private boolean relinkImporters(ModuleHandle library, Predicate<@Nullable String> old) {
    boolean relinked = false;
    for (LiveModule each : this.modules.values()) {
      relinked |= each.handle().relink(library.descriptor(), old);
    }
    return relinked;
  }

  @Override
  public boolean refresh(String id, String range) {
    return refresh(live(id, range).handle());
  }

  private boolean refresh(ModuleHandle handle) {
    boolean changed = handle.refresh();
    Set<String> old =
        this.modules.values().stream()
            .flatMap(each -> each.handle().digestsOf(handle.descriptor()))
            .distinct()
            .filter(handle::isOld)
            .collect(Collectors.toSet());
    return relinkImporters(handle, digest -> digest != null && old.contains(digest)) || changed;
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

  private void trimPools() {
    for (LiveModule module : this.modules.values()) {
      PreparedModule prepared = module.handle().preparedOrNull();
      if (prepared != null) {
        prepared.pool().trim();
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
    this.preparer.close();
  }
}
