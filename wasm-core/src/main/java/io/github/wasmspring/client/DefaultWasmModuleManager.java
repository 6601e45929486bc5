package io.github.wasmspring.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.call.WasmCallConventions;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorStatistics;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleRegistry;
import io.github.wasmspring.pool.ModulePreparer;
import io.github.wasmspring.pool.PreparedModule;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Calls the modules of a registry. */
public final class DefaultWasmModuleManager implements WasmModuleManager, AutoCloseable {

  private static final String NEWEST = "*";

  private final WasmModuleRegistry registry;
  private final ModulePreparer preparer;
  private final WasmCallConventions conventions;
  private final WasmErrorStatistics statistics;
  private final InterfaceProxies proxies;
  private final MethodCalls methodCalls;
  private final CallExecutor calls;
  private final ArgumentMapper argumentMapper;
  private final boolean enabled;
  private final Map<WasmModuleDescriptor, LiveModule> modules = new ConcurrentHashMap<>();
  private final PoolHousekeeper housekeeper = new PoolHousekeeper(this::trimPools);

  record LiveModule(ModuleHandle handle, OperationCatalog catalog) {}

  /**
   * @param executor runs calls whose method returns a future or a {@code Mono}
   * @param enabled if not, no module is loaded and everything is answered by Java
   */
  public DefaultWasmModuleManager(
      WasmModuleRegistry registry,
      ModulePreparer preparer,
      WasmCallConventions conventions,
      WasmErrorHandler errorHandler,
      WasmErrorStatistics statistics,
      WasmEventPublisher events,
      JsonMapper jsonMapper,
      Executor executor,
      boolean enabled) {
    this.registry = registry;
    this.preparer = preparer;
    this.conventions = conventions;
    this.statistics = statistics;
    this.enabled = enabled;
    this.proxies = new InterfaceProxies(conventions);
    this.calls = new CallExecutor(errorHandler, events, enabled);
    this.methodCalls = new MethodCalls(this.calls, executor);
    this.argumentMapper = new ArgumentMapper(jsonMapper);
    events.addListener(statistics);
    events.addListener(this::forgetUnregistered);
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
                  entry.getValue().handle().close();
                }
                return matches;
              });
    }
  }

  @Override
  public <T extends @Nullable Object> WasmResult<T> execute(
      String module, String operation, @Nullable Object input, Map<String, ?> options) {
    return new DefaultOperationSpec(this, live(module, NEWEST), operation)
        .input(input)
        .options(options)
        .retrieve((Type) null);
  }

  @Override
  public WasmModuleClient module(String id) {
    return module(id, NEWEST);
  }

  @Override
  public WasmModuleClient module(String id, String range) {
    LiveModule module = live(id, range);
    return operation -> new DefaultOperationSpec(this, module, operation);
  }

  @Override
  public WasmSession open(String id) {
    ModuleHandle handle = live(id, NEWEST).handle();
    try {
      return new DefaultWasmSession(handle, handle.prepared(), this.proxies);
    } catch (WasmException failure) {
      throw failure.locate(handle.context());
    }
  }

  @Override
  public <T> T bind(Class<T> type) {
    return bind(type, InterfaceProxies.idOf(type), InterfaceProxies.rangeOf(type));
  }

  @Override
  public <T> T bind(Class<T> type, String id, String range) {
    LiveModule module = live(id, range);
    PreparedModule verified = mayRun(module.handle()) ? module.handle().prepared() : null;
    return this.proxies.create(
        type, module.handle(), verified, module.catalog(), this.methodCalls::plan);
  }

  private boolean mayRun(ModuleHandle handle) {
    return this.enabled
        && handle.descriptor().settings().executionMode()
            != io.github.wasmspring.WasmExecutionMode.JAVA;
  }

  private LiveModule live(String id, String range) {
    return live(this.registry.get(id, range));
  }

  private LiveModule live(WasmModuleDescriptor descriptor) {
    LiveModule known = this.modules.get(descriptor);
    return known != null ? known : this.modules.computeIfAbsent(descriptor, this::create);
  }

  private LiveModule create(WasmModuleDescriptor descriptor) {
    ModuleHandle handle = new ModuleHandle(descriptor, this.preparer);
    OperationCatalog catalog = new OperationCatalog(handle, this.conventions);
    for (Class<?> type : descriptor.types()) {
      this.proxies.create(type, handle, null, catalog, this.methodCalls::plan);
    }
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
        module.handle(), module.catalog(), this.statistics.of(descriptor.id()));
  }

  @Override
  public void warmUp(String id) {
    this.registry.resolve(id, NEWEST).forEach(module -> live(module).handle().prepared());
  }

  @Override
  public void reload(String id) {
    live(id, NEWEST).handle().reload();
  }

  @Override
  public void evict(String id) {
    live(id, NEWEST).handle().evict();
  }

  @Override
  public void disable(String id) {
    live(id, NEWEST).handle().disable(true);
  }

  @Override
  public void enable(String id) {
    live(id, NEWEST).handle().disable(false);
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

  /** Lets go of all modules. */
  @Override
  public void close() {
    this.housekeeper.close();
    this.modules.values().forEach(module -> module.handle().close());
  }
}
