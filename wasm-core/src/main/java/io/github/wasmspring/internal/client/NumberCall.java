package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.client.InterfaceProxies.MethodCall;
import io.github.wasmspring.internal.flight.FlightLog;
import io.github.wasmspring.internal.pool.CallCounter;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.module.WasmDebugMode;
import io.github.wasmspring.module.WasmModuleSettings;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A method that takes and returns numbers only. Once it has been called often enough, its calls
 * make no object, take no lock and read the clock now and then only, unless somebody listens to
 * them. Whatever is not as usual – no idle instance, a failure – goes the ordinary way.
 */
final class NumberCall extends BeanMethod implements MethodCall, CodeHolder {

  /** Before, the JVM has better things to do than to define a class for it. */
  private static final int CALLS_BEFORE_DIRECT = 100;

  private final OperationHandle operation;
  private final CallExecutor calls;
  private final WasmEventPublisher events;
  private final MethodCall ordinary;
  private volatile @Nullable Direct direct;
  private volatile @Nullable PreparedModule searched;
  private int ordinaryCalls;

  private record Direct(PreparedModule module, InstancePool pool, WasmDirectFunction function) {}

  /**
   * @param ordinary calls it with boxed arguments
   */
  NumberCall(OperationHandle operation, CallExecutor calls, MethodCall ordinary, Method method) {
    super(method);
    this.operation = operation;
    this.calls = calls;
    this.events = calls.events();
    this.ordinary = ordinary;
    operation.module().admit(this);
  }

  /** Whether the calls of a method may be made in this way. */
  static boolean fits(OperationHandle operation, Method method) {
    return NumberTypes.fit(method) && fits(operation.module().descriptor().settings());
  }

  /** Whether calls of a module that is run so may be made in this way. */
  static boolean fits(WasmModuleSettings settings) {
    WasmExecutionMode mode = settings.executionMode();
    return settings.limits().stack() == 0
        && settings.debug() == WasmDebugMode.OFF
        && settings.quarantine().circuitBreaker() == null
        && (mode == WasmExecutionMode.WASM || mode == WasmExecutionMode.AUTO);
  }

  @Override
  public @Nullable Object invoke(Object @Nullable [] arguments) throws Throwable {
    return this.ordinary.invoke(arguments);
  }

  @Override
  public long call() throws Throwable {
    return call(0, 0, 0, 0, 0);
  }

  @Override
  public long call(long a) throws Throwable {
    return call(1, a, 0, 0, 0);
  }

  @Override
  public long call(long a, long b) throws Throwable {
    return call(2, a, b, 0, 0);
  }

  @Override
  public long call(long a, long b, long c) throws Throwable {
    return call(3, a, b, c, 0);
  }

  @Override
  public long call(long a, long b, long c, long d) throws Throwable {
    return call(4, a, b, c, d);
  }

  /**
   * @param given how many of the arguments are some; a constant where the JVM compiles this
   */
  private long call(int given, long a, long b, long c, long d) throws Throwable {
    Direct ready = this.direct;
    PooledInstance instance = enter(ready);
    if (ready == null || instance == null) {
      return callOrdinarily(array(given, a, b, c, d));
    }
    long answer;
    try {
      answer = exact(call(ready.function(), instance.instance(), given, a, b, c, d));
      instance.end();
    } catch (RuntimeException | Error thrown) {
      return failed(ready, instance, thrown, array(given, a, b, c, d));
    }
    this.operation.quarantine().answered();
    leave(ready, instance);
    return answer;
  }

  private static long call(
      WasmDirectFunction function,
      WasmInstance instance,
      int given,
      long a,
      long b,
      long c,
      long d) {
    return switch (given) {
      case 0 -> function.call(instance);
      case 1 -> function.call(instance, a);
      case 2 -> function.call(instance, a, b);
      case 3 -> function.call(instance, a, b, c);
      default -> function.call(instance, a, b, c, d);
    };
  }

  private static long[] array(int given, long a, long b, long c, long d) {
    return Arrays.copyOf(new long[] {a, b, c, d}, given);
  }

  private long exact(long answer) {
    return types().exact(answer);
  }

  /** An instance with a call begun; {@code null} if there is none idle. */
  private @Nullable PooledInstance enter(@Nullable Direct ready) {
    if (ready == null
        || !this.operation.module().runs(ready.module())
        || this.operation.quarantine().isOn()) {
      return null;
    }
    PooledInstance instance = ready.pool().borrowIdle();
    if (instance == null) {
      return null;
    }
    try {
      if (begin(instance)) {
        return instance;
      }
    } catch (Throwable failure) {
      // Not even room on the stack or in the heap for that.
      ready.pool().release(instance);
      throw failure;
    }
    ready.pool().release(instance);
    return null;
  }

  /**
   * @return {@code false} if this is one of the calls that go the ordinary way, to be recorded
   */
  private boolean begin(PooledInstance instance) {
    CallCounter counter = instance.counter();
    if (counter == null) {
      counter = this.operation.module().counters().open(instance);
    }
    boolean sampled = (counter.calls() & CallCounters.TIMED_ONE_IN - 1) == 0;
    if (sampled && FlightLog.get().wantsCalls() && counter.recordsNow()) {
      return false;
    }
    counter.begin(sampled || this.events.hasCallListeners());
    instance.begin(this.operation.timeoutTicks());
    return true;
  }

  /** The instance is given back before anybody is told, who may take his time. */
  private void leave(Direct ready, PooledInstance instance) {
    CallCounter counter = instance.counter();
    boolean timed = counter != null && counter.end();
    long nanos = counter != null && timed ? counter.took() : 0;
    ready.pool().release(instance);
    if (timed) {
      this.events.called(
          this.operation.id(), ready.module().code().engine(), WasmSource.WASM, null, nanos);
    }
  }

  private long failed(Direct ready, PooledInstance instance, Throwable thrown, long[] arguments) {
    WasmException failure = instance.fail(thrown);
    ready.pool().release(instance);
    CallRecord record = new CallRecord(null, false);
    record.ranOn(ready.module());
    return types()
        .unbox(this.calls.callAgain(this.operation, types().box(arguments), record, failure));
  }

  private long callOrdinarily(long[] arguments) throws Throwable {
    Object answer = this.ordinary.invoke(types().box(arguments));
    if (++this.ordinaryCalls >= CALLS_BEFORE_DIRECT) {
      this.ordinaryCalls = 0;
      lookForDirect(this.operation.module().preparedOrNull());
    }
    return types().unbox(answer);
  }

  private void lookForDirect(@Nullable PreparedModule module) {
    if (module == null
        || module == this.searched
        || this.events.isObserved()
        || !this.operation.module().runs(module)) {
      return;
    }
    this.searched = module;
    int export = this.operation.invocation(module).plainExport();
    WasmDirectFunction function = export < 0 ? null : module.code().direct(export);
    this.direct = function == null ? null : new Direct(module, module.pool(), function);
    if (module.pool().isClosed()) {
      forget(module);
    }
  }

  @Override
  public void forget(PreparedModule gone) {
    Direct ready = this.direct;
    if (ready != null && ready.module() == gone) {
      this.direct = null;
    }
    if (this.searched == gone) {
      this.searched = null;
    }
  }
}
