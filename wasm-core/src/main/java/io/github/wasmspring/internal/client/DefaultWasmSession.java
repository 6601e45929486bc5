package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmGlobal;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.client.InterfaceProxies.MethodCall;
import io.github.wasmspring.internal.engine.GuardedGlobal;
import io.github.wasmspring.internal.engine.GuardedMemory;
import io.github.wasmspring.internal.engine.GuardedTable;
import io.github.wasmspring.internal.engine.RawArguments;
import io.github.wasmspring.internal.module.NearMatches;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds one instance of a pool. What it hands out keeps it from being taken for forgotten. */
final class DefaultWasmSession implements WasmSession {

  private static final @Nullable Object[] NONE = {};

  private final ModuleHandle module;
  private final PreparedModule prepared;
  private final SessionLease lease;
  private final InterfaceProxies proxies;
  private final CallExecutor calls;
  private final Runnable onClose;
  private final long timeoutTicks;

  /**
   * @param lease of an instance of the prepared module
   */
  DefaultWasmSession(
      ModuleHandle module,
      PreparedModule prepared,
      SessionLease lease,
      InterfaceProxies proxies,
      CallExecutor calls,
      OpenSessions sessions) {
    this.module = module;
    this.prepared = prepared;
    this.lease = lease;
    this.proxies = proxies;
    this.calls = calls;
    this.onClose = sessions.add(this, this.lease, prepared.descriptor());
    this.timeoutTicks = CallWatchdog.ticks(prepared.descriptor().settings().limits().timeout());
  }

  @Override
  public long[] call(String export, long... arguments) {
    WasmExportedFunction function = this.module.within(() -> function(export));
    RawArguments.check(function.describe(), function.type(), arguments);
    return call(
        export, (held, shown) -> held.call(function.index(), arguments), arguments, record());
  }

  private CallRecord record() {
    return new CallRecord(null, true, this.lease.tenant());
  }

  /**
   * @param arguments to be shown
   */
  private long[] call(
      String export, WasmInvocation invocation, long[] arguments, CallRecord record) {
    Object results =
        run(
            new WasmCallId(
                this.prepared.descriptor().id(), this.prepared.descriptor().version(), export),
            invocation,
            this.module.diary() == null ? NONE : boxed(arguments),
            WasmCallOptions.DEFAULTS,
            record);
    return (long[]) Objects.requireNonNull(results);
  }

  private static @Nullable Object[] boxed(long[] arguments) {
    return Arrays.stream(arguments).boxed().toArray();
  }

  private @Nullable Object run(
      WasmCallId call,
      WasmInvocation invocation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    Duration timeout = options.timeout();
    long ticks = timeout == null ? this.timeoutTicks : CallWatchdog.ticks(timeout);
    record.ranOn(this.prepared);
    this.lease.enter();
    try {
      return this.calls.callInSession(
          this.module, call, this.lease.instance(), invocation, arguments, ticks, record);
    } finally {
      this.lease.leave();
    }
  }

  private WasmExportedFunction function(String export) {
    WasmExportedFunction function = this.prepared.code().exports().get(export);
    if (function == null) {
      List<String> known = List.copyOf(this.prepared.code().exports().keySet());
      throw new WasmModuleNotFoundException(
          "there is no such export; there are " + String.join(", ", known),
          export,
          NearMatches.of(export, known),
          known);
    }
    return function;
  }

  @Override
  public <T> T bind(Class<T> type) {
    this.lease.requireOpen();
    return this.proxies.create(type, this.module, this.prepared, null, this::plan);
  }

  private MethodCall plan(OperationHandle operation, Method method) {
    if (MethodCalls.answersLater(method)) {
      throw new IllegalArgumentException(
          "%s answers later, and a session is for one thread; let it return the answer itself"
              .formatted(method));
    }
    WasmInvocation invocation = operation.invocation(this.prepared);
    int optionsIndex = MethodArguments.optionsIndex(method);
    MethodCalls.Wrapping wrapped = MethodCalls.wrapping(operation, method);
    return given -> {
      @Nullable Object[] arguments = given == null ? NONE : given;
      CallRecord record = record();
      Object answer =
          run(
              operation.id(),
              invocation,
              MethodArguments.without(optionsIndex, arguments),
              MethodArguments.options(optionsIndex, arguments),
              record);
      return wrapped.wrap(record, operation.id(), answer);
    };
  }

  @Override
  public WasmMemory memory() {
    requireOpen();
    WasmMemory memory = this.lease.instance().memory();
    if (memory == null) {
      throw new IllegalStateException(
          "Module '%s' has no memory".formatted(this.module.descriptor().id()));
    }
    return new GuardedMemory(memory, this::requireOpen);
  }

  @Override
  public WasmGlobal global(String export) {
    requireOpen();
    return new GuardedGlobal(exported(WasmInstance::global, export), this::requireOpen);
  }

  @Override
  public WasmTable table(String export) {
    requireOpen();
    WasmTable table = exported(WasmInstance::table, export);
    return new GuardedTable(
        export,
        "module '%s'".formatted(this.module.descriptor().id()),
        table,
        this::requireOpen,
        (index, arguments) -> callElement(table, export, index, arguments));
  }

  /** Calls through a table are counted together: it may have thousands of elements. */
  private long[] callElement(WasmTable table, String name, int index, long... arguments) {
    CallRecord record = record();
    record.shownAs(name + "[" + index + "]");
    return call(name, (held, shown) -> table.call(index, arguments), arguments, record);
  }

  @Override
  public <T> T attribute(Class<T> type, Supplier<T> initial) {
    requireOpen();
    return this.lease.instance().attribute(type, initial);
  }

  private <T> T exported(BiFunction<WasmInstance, String, T> kind, String name) {
    try {
      return kind.apply(this.lease.instance().instance(), name);
    } catch (NoSuchElementException missing) {
      throw new NoSuchElementException(
          "Module '%s': %s".formatted(this.module.descriptor().id(), missing.getMessage()),
          missing);
    }
  }

  /** A reference to this method is one to the session. */
  private void requireOpen() {
    this.lease.requireOpen();
  }

  @Override
  public Optional<byte[]> save() {
    this.lease.enter();
    try {
      return Optional.ofNullable(this.lease.instance().save());
    } finally {
      this.lease.leave();
    }
  }

  @Override
  public void load(byte[] state) {
    boolean loaded = false;
    this.lease.enter();
    try {
      loaded = this.lease.instance().load(state);
    } finally {
      this.lease.leave();
    }
    if (!loaded) {
      throw new WasmExecutionException(
              WasmErrorCategory.MEMORY_LIMIT,
              "what was saved of an instance does not go into this one: it is of other code, or there is no room for its memory (limits.memory, wasm.memory.budget)",
              null)
          .locate(
              WasmErrorContext.of(
                  this.prepared.descriptor().id(), this.prepared.descriptor().version()));
    }
  }

  @Override
  public void close() {
    this.onClose.run();
    this.lease.close();
  }
}
