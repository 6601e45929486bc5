package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.convention.WasmInvocation;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmFailureAction;
import io.github.wasmspring.internal.adaptive.AdaptiveChoice;
import io.github.wasmspring.internal.fallback.FallbackCall;
import io.github.wasmspring.internal.fallback.Quarantine;
import io.github.wasmspring.internal.pool.InstancePool;
import io.github.wasmspring.internal.pool.PooledInstance;
import io.github.wasmspring.internal.prepare.PreparedModule;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.sandbox.CallWatchdog;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.module.WasmJavaFallback;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes a call from its arguments to its answer: module, retries, fallback. */
final class CallExecutor {

  private final CallPolicy policy;
  private final WasmEventPublisher events;
  private final CallRecorder recorder;
  private final AdaptiveCalls adaptive;
  private final TenantCalls tenants;
  private volatile boolean closed;

  CallExecutor(CallPolicy policy, WasmEventPublisher events) {
    this.policy = policy;
    this.events = events;
    this.recorder = new CallRecorder(events);
    this.adaptive = new AdaptiveCalls(this, events);
    this.tenants = new TenantCalls(policy.tenants(), events);
  }

  /** From now on no call is made, in Java neither. */
  void close() {
    this.closed = true;
  }

  /**
   * @throws WasmExecutionException {@code REJECTED} after {@link #close}
   */
  void requireOpen() {
    if (this.closed) {
      throw closed();
    }
  }

  /** What everybody is told after {@link #close}. */
  static WasmExecutionException closed() {
    return new WasmExecutionException(
        WasmErrorCategory.REJECTED,
        "the runtime or the application context has been closed: nothing is loaded or called any more",
        null);
  }

  /** Where calls are reported. */
  WasmEventPublisher events() {
    return this.events;
  }

  /** Whose calls there are. */
  TenantCalls tenants() {
    return this.tenants;
  }

  @Nullable Object call(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    return call(operation, arguments, options, record, null);
  }

  /** Goes on with a call whose first attempt has failed. */
  @Nullable Object callAgain(
      OperationHandle operation,
      @Nullable Object[] arguments,
      CallRecord record,
      WasmException failure) {
    return call(operation, arguments, WasmCallOptions.DEFAULTS, record, failure);
  }

  private @Nullable Object call(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      @Nullable WasmException first) {
    CallDiary diary = operation.module().diary();
    return diary == null
        ? recorded(operation, arguments, options, record, first)
        : diary.write(
            operation.id(),
            arguments,
            record,
            () -> recorded(operation, arguments, options, record, first));
  }

  private @Nullable Object recorded(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      @Nullable WasmException first) {
    return this.recorder.record(
        operation.module().counters(),
        operation.id(),
        record,
        this.recorder.isToldOf(record) || operation.isTimedNow(),
        () -> admitted(operation, arguments, options, record, first));
  }

  private @Nullable Object admitted(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      @Nullable WasmException first) {
    if (!this.tenants.areOn() || record.tenant() != null) {
      return attempt(operation, arguments, options, record, first);
    }
    requireOpen();
    TenantStay stay = enter(operation.id(), options);
    if (stay == null) {
      return attempt(operation, arguments, options, record, first);
    }
    record.admitted(stay);
    try {
      return attempt(operation, arguments, options, record, first);
    } finally {
      stay.end();
    }
  }

  private @Nullable TenantStay enter(WasmCallId call, WasmCallOptions options) {
    try {
      return this.tenants.enter(call, this.tenants.caller(call, options.tenant()));
    } catch (WasmException refusal) {
      this.recorder.failed(call, refusal, false);
      throw refusal;
    }
  }

  private @Nullable Object attempt(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      @Nullable WasmException first) {
    requireOpen();
    WasmExecutionMode mode = mode(operation, options);
    if (mode == WasmExecutionMode.JAVA) {
      return answerInJava(operation, arguments, record, null);
    }
    AdaptiveChoice choice = mode == WasmExecutionMode.ADAPTIVE ? operation.choice() : null;
    return choice != null && settings(operation).fallback()
        ? this.adaptive.call(operation, choice, arguments, options, record)
        : askModule(operation, arguments, options, record, mode != WasmExecutionMode.WASM, first);
  }

  /**
   * @param mayFallBack whether Java may answer when the module fails
   */
  @Nullable Object askModule(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      boolean mayFallBack) {
    return askModule(operation, arguments, options, record, mayFallBack, null);
  }

  private @Nullable Object askModule(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      boolean mayFallBack,
      @Nullable WasmException first) {
    if (first != null && !record.ranOnOld()) {
      operation.quarantine().failed(Quarantine.Pass.ORDINARY, first);
    }
    CallTime time = settings(operation).retry().isOn() ? begin(operation) : null;
    for (int attempt = 1; ; attempt++) {
      WasmException failure = attempt == 1 ? first : null;
      if (failure == null) {
        try {
          return callModule(
              operation,
              arguments,
              time == null || attempt == 1 ? options : time.limit(options, settings(operation)),
              record);
        } catch (WasmException thrown) {
          failure = thrown;
        }
      }
      record.located(failure, operation.id());
      if (record.isCancelled()) {
        throw abandoned(operation.id(), failure, record);
      }
      this.tenants.tell(operation.id(), failure);
      if (this.closed || failure instanceof WasmTenantRefusedException) {
        this.recorder.failed(operation.id(), failure, false);
        throw failure;
      }
      boolean lacksLibrary = mayFallBack && operation.missingLibrary() != null;
      boolean hasFallback = mayFallBack && operation.fallback() != null;
      WasmFailureAction action =
          this.policy
              .errorHandler()
              .onFailure(failure, settings(operation), attempt, hasFallback || lacksLibrary);
      if (action == WasmFailureAction.RETRY) {
        time = time == null ? begin(operation) : time;
        Duration pause = this.policy.errorHandler().pause(failure, settings(operation), attempt);
        if (pause != null && time.hasRoomAfter(pause)) {
          pauseBefore(attempt + 1, pause, operation, failure, record);
          continue;
        }
        action =
            settings(operation).fallback() ? WasmFailureAction.FALLBACK : WasmFailureAction.THROW;
      }
      boolean fallback = action == WasmFailureAction.FALLBACK && hasFallback;
      if (action == WasmFailureAction.FALLBACK && lacksLibrary) {
        failure.advise(NoFallback.advice(operation));
      }
      this.recorder.failed(operation.id(), failure, fallback);
      if (!fallback) {
        throw failure;
      }
      operation.module().hiddenFailures().count(operation.id(), failure);
      return answerInJava(operation, arguments, record, failure);
    }
  }

  private CallTime begin(OperationHandle operation) {
    Duration most = this.policy.errorHandler().maxTime(settings(operation));
    Duration once = settings(operation).limits().timeout();
    return CallTime.begin(most.compareTo(once) > 0 ? most : once);
  }

  /** Nobody wants the answer any more: neither another attempt nor the fallback makes sense. */
  private WasmException abandoned(WasmCallId call, WasmException failure, CallRecord record) {
    WasmException abandoned =
        failure.category() == WasmErrorCategory.INTERRUPTED
            ? failure
            : CallCancellation.failure(failure);
    record.located(abandoned, call);
    this.recorder.failed(call, abandoned, false);
    return abandoned;
  }

  private WasmExecutionMode mode(OperationHandle operation, WasmCallOptions options) {
    if (!this.policy.enabled() || operation.module().disabled()) {
      return WasmExecutionMode.JAVA;
    }
    WasmExecutionMode asked = options.mode();
    return asked != null ? asked : settings(operation).executionMode();
  }

  private @Nullable Object callModule(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    record.ranOnVersion(null);
    ModuleRollout rollout = operation.module().trial();
    return rollout == null
        ? callGuarded(operation, arguments, options, record)
        : callDuring(rollout, operation, arguments, options, record);
  }

  /**
   * One of two sides is asked, and it is told what comes of it. Quarantine is for what has been
   * tried: code on trial is rolled back before it needs one, and has nothing to do with the other
   * side's.
   */
  private @Nullable Object callDuring(
      ModuleRollout rollout,
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    boolean isNew = record.isForNew(rollout);
    WasmErrorCategory failure = null;
    long start = System.nanoTime();
    try {
      return isNew
          ? callInstance(operation, arguments, options, record, rollout)
          : callGuarded(operation, arguments, options, record);
    } catch (WasmException thrown) {
      failure =
          saysNothing(operation, options, thrown, record)
              ? WasmErrorCategory.INTERRUPTED
              : thrown.category();
      throw thrown;
    } catch (RuntimeException | Error unexpected) {
      failure = WasmErrorCategory.ENGINE;
      throw unexpected;
    } finally {
      rollout.ended(isNew, System.nanoTime() - start, failure);
    }
  }

  private @Nullable Object callGuarded(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    Quarantine quarantine = operation.quarantine();
    Quarantine.Pass pass = quarantine.enter();
    try {
      Object answer = callInstance(operation, arguments, options, record, null);
      quarantine.answered(pass);
      return answer;
    } catch (WasmException failure) {
      if (saysNothing(operation, options, failure, record)) {
        quarantine.undecided(pass);
      } else {
        quarantine.failed(pass, failure);
      }
      throw failure;
    } catch (RuntimeException | Error unexpected) {
      quarantine.undecided(pass);
      throw unexpected;
    }
  }

  /**
   * A module that got less time than it may take has not failed, nor one whose tenant may have no
   * more memory; and what has failed may have been replaced since.
   */
  private static boolean saysNothing(
      OperationHandle operation,
      WasmCallOptions options,
      WasmException failure,
      CallRecord record) {
    TenantStay tenant = record.tenant();
    return isImpatient(operation, options, failure)
        || tenant != null && tenant.wasRefused()
        || record.ranOnOld();
  }

  private static boolean isImpatient(
      OperationHandle operation, WasmCallOptions options, WasmException failure) {
    Duration timeout = options.timeout();
    return failure.category() == WasmErrorCategory.TIMEOUT
        && timeout != null
        && timeout.compareTo(settings(operation).limits().timeout()) < 0;
  }

  /**
   * @param rollout whose new code is to be asked, {@code null} for what the module runs
   */
  private @Nullable Object callInstance(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      @Nullable ModuleRollout rollout) {
    for (; ; ) {
      PreparedModule tried = rollout == null ? null : rollout.code();
      PreparedModule prepared = tried != null ? tried : operation.module().prepared();
      record.ranOn(prepared);
      record.ranOnVersion(tried == null ? null : tried.descriptor().version());
      WasmInvocation invocation = operation.invocation(prepared);
      TenantStay tenant = record.tenant();
      PooledInstance instance = operation.module().borrow(prepared, record.cancellation(), tenant);
      if (instance != null) {
        record.ranIn(instance.number());
        long ticks = ticks(operation, options, tried);
        if (tenant != null) {
          return runFor(
              tenant,
              prepared.pool(),
              instance,
              ticks,
              record,
              held -> invocation.invoke(held, arguments));
        }
        return prepared
            .pool()
            .run(
                instance, ticks, record.cancellation(), held -> invocation.invoke(held, arguments));
      }
    }
  }

  private static long ticks(
      OperationHandle operation, WasmCallOptions options, @Nullable PreparedModule tried) {
    Duration timeout = options.timeout();
    if (timeout == null && tried != null) {
      timeout = tried.descriptor().settings().limits().timeout();
    }
    return timeout == null ? operation.timeoutTicks() : CallWatchdog.ticks(timeout);
  }

  /**
   * Nothing of the tenant's is left behind with the instance, which the next one gets. The tenant
   * pays for what it takes to make the instance fit for that, too.
   */
  private static @Nullable Object runFor(
      TenantStay tenant,
      InstancePool pool,
      PooledInstance instance,
      long ticks,
      CallRecord record,
      Function<PooledInstance, @Nullable Object> work) {
    try {
      tenant.hold(instance.held());
      instance.payBy(tenant);
      return instance.run(
          ticks, record.cancellation(), held -> tenant.timed(() -> work.apply(held)));
    } finally {
      instance.payBy(null);
      tenant.letGo();
      tenant.timed(() -> pool.release(instance));
    }
  }

  /** Runs one invocation on the instance of a session: no retry, no fallback. */
  @Nullable Object callInSession(
      ModuleHandle module,
      WasmCallId call,
      PooledInstance instance,
      WasmInvocation invocation,
      @Nullable Object[] arguments,
      long ticks,
      CallRecord record) {
    record.ranIn(instance.number());
    CallDiary diary = module.diary();
    return diary == null
        ? recordedInSession(module, call, instance, invocation, arguments, ticks, record)
        : diary.write(
            call,
            arguments,
            record,
            () -> recordedInSession(module, call, instance, invocation, arguments, ticks, record));
  }

  private @Nullable Object recordedInSession(
      ModuleHandle module,
      WasmCallId call,
      PooledInstance instance,
      WasmInvocation invocation,
      @Nullable Object[] arguments,
      long ticks,
      CallRecord record) {
    return this.recorder.record(
        module.counters(),
        call,
        record,
        true,
        () -> {
          try {
            requireOpen();
            TenantStay tenant = record.tenant();
            if (tenant == null) {
              return instance.run(
                  ticks, record.cancellation(), held -> invocation.invoke(held, arguments));
            }
            tenant.another();
            return instance.run(
                ticks,
                record.cancellation(),
                held -> tenant.timed(() -> invocation.invoke(held, arguments)));
          } catch (WasmException failure) {
            this.tenants.tell(call, failure);
            this.recorder.failed(call, record.located(failure, call), false);
            throw failure;
          }
        });
  }

  private @Nullable Object answerInJava(
      OperationHandle operation,
      @Nullable Object[] arguments,
      CallRecord record,
      @Nullable WasmException why) {
    WasmJavaFallback fallback = operation.fallback();
    if (fallback == null) {
      throw NoFallback.refusal(operation, this.policy.enabled());
    }
    record.fellBack(why);
    return run(fallback, arguments, record);
  }

  /** Whether the module may answer in place of the Java that was chosen and failed. */
  boolean mayAnswerElse(OperationHandle operation, WasmException failure, CallRecord record) {
    return this.policy
            .errorHandler()
            .onFailure(record.located(failure, operation.id()), settings(operation), 1, true)
        != WasmFailureAction.THROW;
  }

  /** Java answers, not because the module failed but because it is the quicker one. */
  @Nullable Object answerByChoice(
      OperationHandle operation, @Nullable Object[] arguments, CallRecord record) {
    record.choseJava();
    return run(Objects.requireNonNull(operation.fallback()), arguments, record);
  }

  private static @Nullable Object run(
      WasmJavaFallback fallback, @Nullable Object[] arguments, CallRecord record) {
    CallCancellation cancellation = record.cancellation();
    return cancellation == null
        ? FallbackCall.call(fallback, arguments)
        : cancellation.interruptibly(() -> FallbackCall.call(fallback, arguments));
  }

  /** A call that did not even get a thread has failed all the same. */
  void refused(WasmCallId call, WasmException refusal) {
    this.recorder.failed(call, refusal, false);
  }

  private void pauseBefore(
      int attempt,
      Duration pause,
      OperationHandle operation,
      WasmException failure,
      CallRecord record) {
    this.recorder.retried(operation.id(), failure, attempt);
    long nanos = pause.toNanos();
    CallCancellation cancellation = record.cancellation();
    if (cancellation == null) {
      pause(nanos);
      return;
    }
    try {
      cancellation.interruptibly(() -> pause(nanos));
    } catch (WasmException cancelled) {
      throw abandoned(operation.id(), cancelled, record);
    }
  }

  /** Parking may end at once, for instance because a deadline interrupted the thread before. */
  private static @Nullable Void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    return null;
  }

  private static WasmModuleSettings settings(OperationHandle operation) {
    return operation.module().descriptor().settings();
  }
}
