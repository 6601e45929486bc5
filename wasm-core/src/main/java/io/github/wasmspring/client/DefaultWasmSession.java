package io.github.wasmspring.client;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.call.WasmInvocation;
import io.github.wasmspring.client.InterfaceProxies.MethodCall;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.module.NearMatches;
import io.github.wasmspring.pool.PooledInstance;
import io.github.wasmspring.pool.PreparedModule;
import io.github.wasmspring.sandbox.CallWatchdog;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Holds one instance of a pool. */
final class DefaultWasmSession implements WasmSession {

  private final ModuleHandle module;
  private final PreparedModule prepared;
  private final InterfaceProxies proxies;
  private final PooledInstance instance;
  private final long timeoutTicks;
  private final AtomicBoolean busy = new AtomicBoolean();
  private boolean closed;

  DefaultWasmSession(ModuleHandle module, PreparedModule prepared, InterfaceProxies proxies) {
    this.module = module;
    this.prepared = prepared;
    this.proxies = proxies;
    this.instance = prepared.pool().borrow();
    this.timeoutTicks = CallWatchdog.ticks(module.descriptor().settings().limits().timeout());
  }

  @Override
  public long[] call(String export, long... arguments) {
    WasmExportedFunction function = this.prepared.code().exports().get(export);
    if (function == null) {
      throw missing(export);
    }
    if (arguments.length != function.type().params().size()) {
      throw new IllegalArgumentException(
          "%s takes %d arguments, not %d"
              .formatted(function.describe(), function.type().params().size(), arguments.length));
    }
    return (long[]) run(export, (held, none) -> held.call(function.index(), arguments), NONE);
  }

  private static final @Nullable Object[] NONE = {};

  private Object run(String operation, WasmInvocation invocation, @Nullable Object[] arguments) {
    if (!this.busy.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "The session of module '%s' is used by two threads at once"
              .formatted(this.module.descriptor().id()));
    }
    try {
      requireOpen();
      return CallExecutor.run(this.instance, invocation, arguments, this.timeoutTicks);
    } catch (WasmException failure) {
      throw failure.locate(
          new WasmErrorContext(
              this.module.descriptor().id(),
              this.module.descriptor().version(),
              operation,
              this.prepared.code().engine()));
    } finally {
      this.busy.set(false);
    }
  }

  private void requireOpen() {
    if (this.closed) {
      throw new IllegalStateException(
          "The session of module '%s' is closed, its instance has been given back"
              .formatted(this.module.descriptor().id()));
    }
    if (this.instance.isBroken()) {
      throw new IllegalStateException(
          "The instance of this session of module '%s' broke down in an earlier call; open another session"
              .formatted(this.module.descriptor().id()));
    }
  }

  private RuntimeException missing(String export) {
    List<String> known = List.copyOf(this.prepared.code().exports().keySet());
    return new WasmModuleNotFoundException(
            "there is no such export; there are " + String.join(", ", known),
            export,
            NearMatches.of(export, known),
            known)
        .locate(this.module.context());
  }

  @Override
  public <T> T bind(Class<T> type) {
    requireOpen();
    return this.proxies.create(type, this.module, this.prepared, null, this::plan);
  }

  private MethodCall plan(OperationHandle operation, Method method) {
    WasmInvocation invocation = operation.invocation(this.prepared);
    return arguments ->
        run(operation.operation().name(), invocation, arguments == null ? NONE : arguments);
  }

  @Override
  public WasmMemory memory() {
    requireOpen();
    WasmMemory memory = this.instance.memory();
    if (memory == null) {
      throw new IllegalStateException(
          "Module '%s' has no memory".formatted(this.module.descriptor().id()));
    }
    return new SessionMemory(memory, this::requireOpen);
  }

  @Override
  public void close() {
    if (!this.closed) {
      this.closed = true;
      this.prepared.pool().release(this.instance);
    }
  }
}
