package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A method of an interface that is bound to a module. */
record MethodTool(
    Object bean, Method method, String name, String description, List<WasmToolParameter> parameters)
    implements WasmTool {

  @Override
  public @Nullable Object call(Map<String, Object> arguments, WasmToolRequest request)
      throws Exception {
    Parameter[] declared = this.method.getParameters();
    @Nullable Object[] given = new @Nullable Object[declared.length];
    for (int each = 0; each < declared.length; each++) {
      Parameter parameter = declared[each];
      if (parameter.getType() == WasmCallOptions.class) {
        given[each] = request.options();
      } else if (parameter.getType() == Optional.class) {
        given[each] = Optional.ofNullable(arguments.get(parameter.getName()));
      } else {
        given[each] = arguments.get(parameter.getName());
      }
    }
    try {
      return unwrapped(this.method.invoke(this.bean, given));
    } catch (InvocationTargetException | CompletionException wrapper) {
      throw wrapper.getCause() instanceof Exception failure ? failure : wrapper;
    }
  }

  private static @Nullable Object unwrapped(@Nullable Object answer) {
    if (answer instanceof CompletionStage<?> later) {
      return unwrapped(later.toCompletableFuture().join());
    }
    if (answer instanceof WasmResult<?> result) {
      return unwrapped(result.value());
    }
    if (answer instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    return answer;
  }
}
