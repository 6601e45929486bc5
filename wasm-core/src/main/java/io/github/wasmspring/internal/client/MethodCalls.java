package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.client.InterfaceProxies.MethodCall;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskRequest;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Plans what a method of an interface does, by its return type; done once per method. */
final class MethodCalls {

  private static final Object[] NONE = {};

  private final CallExecutor calls;
  private final WasmTaskExecutor tasks;

  MethodCalls(CallExecutor calls, WasmTaskExecutor tasks) {
    this.calls = calls;
    this.tasks = tasks;
  }

  /**
   * @throws WasmException {@code SIGNATURE} if the method returns what it can't be given
   */
  MethodCall plan(OperationHandle operation, Method method) {
    AnswerWrappers.check(operation.operation(), method);
    int optionsIndex = MethodArguments.optionsIndex(method);
    Wrapping wrapped = wrapping(operation, method);
    if (isFuture(method)) {
      return arguments ->
          later(
              operation,
              optionsIndex,
              arguments,
              wrapped,
              caller(operation, optionsIndex, arguments),
              TrialTurn.of(operation.module()),
              true);
    }
    if (ReactorSupport.isMono(method.getReturnType())) {
      // Whoever subscribes may be an event loop, which nothing may block.
      return arguments -> mono(operation, optionsIndex, arguments, wrapped);
    }
    MethodCall call =
        arguments ->
            call(
                operation,
                optionsIndex,
                arguments,
                wrapped,
                new CallRecord(null, wrapped.isTimed()));
    return !this.calls.tenants().areOn() && NumberCall.fits(operation, method)
        ? new NumberCall(operation, this.calls, call, method)
        : call;
  }

  private TenantCaller caller(
      OperationHandle operation, int optionsIndex, Object @Nullable [] given) {
    TenantCalls tenants = this.calls.tenants();
    return tenants.areOn()
        ? tenants.caller(operation.id(), tenant(optionsIndex, given))
        : TenantCaller.NOBODY;
  }

  private static @Nullable String tenant(int optionsIndex, Object @Nullable [] given) {
    return MethodArguments.options(optionsIndex, given == null ? NONE : given).tenant();
  }

  /** It belongs to who made it, or else to who subscribes. */
  private Object mono(
      OperationHandle operation, int optionsIndex, Object @Nullable [] given, Wrapping wrapped) {
    TenantCalls tenants = this.calls.tenants();
    String maker =
        tenants.areOn() ? tenants.known(operation.id(), tenant(optionsIndex, given)) : null;
    return ReactorSupport.mono(
        subscriber ->
            later(
                operation,
                optionsIndex,
                given,
                wrapped,
                tenants.areOn() ? tenants.caller(owner(maker, subscriber)) : TenantCaller.NOBODY,
                TrialTurn.of(operation.module(), selector(subscriber)),
                false));
  }

  private static @Nullable String owner(@Nullable String maker, SubscriberContext subscriber) {
    if (maker != null) {
      return maker;
    }
    Object known = subscriber.find(WasmTenants.CONTEXT_KEY);
    return known == null ? null : known.toString();
  }

  private static @Nullable WasmCanarySelector selector(SubscriberContext subscriber) {
    return subscriber.find(WasmCanarySelector.CONTEXT_KEY) instanceof WasmCanarySelector known
        ? known
        : null;
  }

  private CompletableFuture<@Nullable Object> later(
      OperationHandle operation,
      int optionsIndex,
      Object @Nullable [] given,
      Wrapping wrapped,
      TenantCaller caller,
      @Nullable TrialTurn turn,
      boolean mayBlock) {
    WasmCallOptions options = MethodArguments.options(optionsIndex, given == null ? NONE : given);
    return later(
        WasmTaskRequest.of(
            operation.id(),
            operation.module().descriptor().settings(),
            options.priority(),
            mayBlock),
        caller,
        (cancellation, tenant) ->
            call(
                operation,
                optionsIndex,
                given,
                wrapped,
                new CallRecord(cancellation, wrapped.isTimed(), tenant).with(turn)));
  }

  private static boolean isFuture(Method method) {
    Class<?> type = method.getReturnType();
    return Future.class.isAssignableFrom(type)
        || type.isAssignableFrom(CompletableFuture.class) && type != Object.class;
  }

  /** Whether a method returns at once and answers on another thread. */
  static boolean answersLater(Method method) {
    return isFuture(method) || ReactorSupport.isMono(method.getReturnType());
  }

  /** What a method has around its answer, or around each answer of a batch. */
  enum Wrapping {
    NONE,
    RESULT,
    EACH;

    boolean isTimed() {
      return this != NONE;
    }

    @Nullable Object wrap(CallRecord record, WasmCallId call, @Nullable Object answer) {
      return switch (this) {
        case NONE -> answer;
        case RESULT -> record.result(call, answer);
        case EACH -> BatchResults.of(record, call, answer);
      };
    }
  }

  static Wrapping wrapping(OperationHandle operation, Method method) {
    if (BatchResults.areWanted(operation.operation())) {
      return Wrapping.EACH;
    }
    return wantsResult(method) ? Wrapping.RESULT : Wrapping.NONE;
  }

  private static boolean wantsResult(Method method) {
    if (method.getReturnType() == WasmResult.class) {
      return true;
    }
    return method.getGenericReturnType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[0] instanceof ParameterizedType inner
        && inner.getRawType() == WasmResult.class;
  }

  private @Nullable Object call(
      OperationHandle operation,
      int optionsIndex,
      Object @Nullable [] given,
      Wrapping wrapped,
      CallRecord record) {
    @Nullable Object[] arguments = given == null ? NONE : given;
    Object answer =
        this.calls.call(
            operation,
            MethodArguments.without(optionsIndex, arguments),
            MethodArguments.options(optionsIndex, arguments),
            record);
    return wrapped.wrap(record, operation.id(), answer);
  }

  /**
   * @param caller whose call it is
   * @param call given what can stop it, and the stay of the tenant that it belongs to
   * @return a future that fails with {@code REJECTED} if there is no room for the call
   */
  <T extends @Nullable Object> CompletableFuture<T> later(
      WasmTaskRequest request,
      TenantCaller caller,
      BiFunction<CallCancellation, @Nullable TenantStay, T> call) {
    try {
      TenantStay stay = this.calls.tenants().enter(request.call(), caller);
      return stay == null
          ? this.tasks.submit(request, cancellation -> call.apply(cancellation, null))
          : submit(request, stay, call);
    } catch (WasmException refusal) {
      this.calls.refused(request.call(), refusal);
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /** The stay ends with the call, or at once if somebody gives that up while it waits. */
  private <T extends @Nullable Object> CompletableFuture<T> submit(
      WasmTaskRequest request,
      TenantStay stay,
      BiFunction<CallCancellation, @Nullable TenantStay, T> call) {
    try {
      CompletableFuture<T> answer =
          this.tasks.submit(request, stay.account(), cancellation -> run(stay, cancellation, call));
      answer.whenComplete((value, failure) -> stay.abandon());
      return answer;
    } catch (RuntimeException | Error failure) {
      stay.end();
      throw failure;
    }
  }

  private static <T extends @Nullable Object> T run(
      TenantStay stay,
      CallCancellation cancellation,
      BiFunction<CallCancellation, @Nullable TenantStay, T> call) {
    if (!stay.start()) {
      throw CallCancellation.failure(null);
    }
    try {
      return call.apply(cancellation, stay);
    } finally {
      stay.end();
    }
  }
}
