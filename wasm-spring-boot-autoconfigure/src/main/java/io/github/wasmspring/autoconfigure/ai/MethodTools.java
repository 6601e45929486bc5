package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Makes tools of methods of interfaces, with what Spring AI's annotations say of them. */
final class MethodTools {

  private final WasmModuleManager manager;

  MethodTools(WasmModuleManager manager) {
    this.manager = manager;
  }

  /**
   * @param timed whether calls have a timeout of their own
   */
  <T> List<MethodTool> of(Class<T> type, List<String> names, boolean timed) {
    T bean = this.manager.bind(type);
    return names.stream().map(name -> tool(type, bean, method(type, name), timed)).toList();
  }

  private static Method method(Class<?> type, String name) {
    List<Method> methods = WasmOperations.methods(type);
    List<Method> found = methods.stream().filter(each -> each.getName().equals(name)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "%s has %d methods '%s', and a tool is one; there are %s"
              .formatted(
                  type.getName(),
                  found.size(),
                  name,
                  methods.stream().map(Method::getName).toList()));
    }
    return found.get(0);
  }

  private static MethodTool tool(Class<?> type, Object bean, Method method, boolean timed) {
    WasmOperation operation = WasmOperations.of(type, method);
    if (timed
        && Arrays.stream(method.getParameterTypes()).noneMatch(WasmCallOptions.class::equals)) {
      throw new IllegalArgumentException(
          "%s can't have a timeout of its own: give it a parameter of type WasmCallOptions, or set the timeout of the module (limits.timeout)"
              .formatted(method));
    }
    if (method.getReturnType().getName().startsWith("reactor.")) {
      throw new IllegalArgumentException(
          "%s answers later, and a tool answers at once; let it return the answer itself"
              .formatted(method));
    }
    Tool said = method.getAnnotation(Tool.class);
    return new MethodTool(
        bean,
        method,
        said == null || said.name().isEmpty() ? WasmOperations.exportOf(method) : said.name(),
        said == null || said.description().isEmpty() ? operation.describe() : said.description(),
        parameters(method, operation));
  }

  private static List<WasmToolParameter> parameters(Method method, WasmOperation operation) {
    List<WasmToolParameter> parameters = new ArrayList<>();
    for (WasmParameter each : operation.parameters()) {
      Parameter declared =
          Arrays.stream(method.getParameters())
              .filter(parameter -> parameter.getName().equals(each.name()))
              .findFirst()
              .orElseThrow();
      ToolParam said = declared.getAnnotation(ToolParam.class);
      WasmToolParameter parameter =
          OperationTools.parameter(each, said == null ? "" : said.description());
      parameters.add(parameter);
    }
    return parameters;
  }
}
