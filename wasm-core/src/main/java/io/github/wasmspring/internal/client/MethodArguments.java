package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmResult;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Between the arguments of a method and those of its operation: the options parameter. */
final class MethodArguments {

  private MethodArguments() {}

  /** Where a method takes {@link WasmCallOptions}, or -1. */
  static int optionsIndex(Method method) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == WasmCallOptions.class) {
        return i;
      }
    }
    return -1;
  }

  /** What the options parameter at {@code index}, if there is one, was given. */
  static WasmCallOptions options(int index, @Nullable Object[] arguments) {
    return index >= 0 && arguments[index] instanceof WasmCallOptions asked
        ? asked
        : WasmCallOptions.DEFAULTS;
  }

  static @Nullable Object[] without(int index, @Nullable Object[] arguments) {
    if (index < 0) {
      return arguments;
    }
    Object[] shorter = new Object[arguments.length - 1];
    System.arraycopy(arguments, 0, shorter, 0, index);
    System.arraycopy(arguments, index + 1, shorter, index, shorter.length - index);
    return shorter;
  }

  /** The arguments of the method for those of the operation. */
  static @Nullable Object[] withDefaults(Method method, @Nullable Object[] arguments) {
    int index = optionsIndex(method);
    if (index < 0) {
      return arguments;
    }
    Object[] longer = new Object[arguments.length + 1];
    System.arraycopy(arguments, 0, longer, 0, index);
    longer[index] = WasmCallOptions.DEFAULTS;
    System.arraycopy(arguments, index, longer, index + 1, arguments.length - index);
    return longer;
  }

  /** The bare answer of a fallback that wraps it as its method's return type asks. */
  static @Nullable Object unwrap(@Nullable Object answer) throws Exception {
    if (answer instanceof WasmResult<?> result) {
      return result.value();
    }
    if (answer instanceof CompletionStage<?> stage) {
      return unwrap(await(stage));
    }
    return ReactorSupport.isMono(answer) ? unwrap(ReactorSupport.block(answer)) : answer;
  }

  private static @Nullable Object await(CompletionStage<?> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }
}
