package io.github.wasmspring.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.InterfaceProxies.MethodCall;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Plans what a method of an interface does, by its return type; done once per method. */
final class MethodCalls {

  private static final Object[] NONE = {};

  private final CallExecutor calls;
  private final Executor executor;

  MethodCalls(CallExecutor calls, Executor executor) {
    this.calls = calls;
    this.executor = executor;
  }

  MethodCall plan(OperationHandle operation, Method method) {
    int optionsIndex = MethodArguments.optionsIndex(method);
    boolean wrapped = wantsResult(method);
    if (isFuture(method)) {
      return arguments -> async(() -> call(operation, optionsIndex, arguments, wrapped));
    }
    if (ReactorSupport.isMono(method.getReturnType())) {
      return arguments ->
          ReactorSupport.mono(() -> async(() -> call(operation, optionsIndex, arguments, wrapped)));
    }
    return arguments -> call(operation, optionsIndex, arguments, wrapped);
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

  static boolean wantsResult(Method method) {
    if (method.getReturnType() == WasmResult.class) {
      return true;
    }
    return method.getGenericReturnType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[0] instanceof ParameterizedType inner
        && inner.getRawType() == WasmResult.class;
  }

  private @Nullable Object call(
      OperationHandle operation, int optionsIndex, Object @Nullable [] given, boolean wrapped) {
    @Nullable Object[] arguments = given == null ? NONE : given;
    CallReport report = new CallReport();
    Object answer =
        this.calls.call(
            operation,
            MethodArguments.without(optionsIndex, arguments),
            MethodArguments.options(optionsIndex, arguments),
            report);
    return wrapped ? report.result(operation.id(), answer) : answer;
  }

  /**
   * @return a future that fails with {@code REJECTED} if the executor takes no more work
   */
  <T extends @Nullable Object> CompletableFuture<T> async(java.util.function.Supplier<T> call) {
    try {
      return CompletableFuture.supplyAsync(call, this.executor);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(
          new WasmExecutionException(
              WasmErrorCategory.REJECTED,
              "the executor for asynchronous calls takes no more work: " + full.getMessage(),
              full));
    }
  }
}
