package io.github.wasmspring.module;

import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What can be called: an export, seen with Java types.
 *
 * @param name of the operation
 * @param export the exported function that does it
 * @param parameters in the order of the export
 * @param returnType the Java type of the answer, {@code void.class} for none
 */
public record WasmOperation(
    String name, String export, List<WasmParameter> parameters, Type returnType) {

  public WasmOperation {
    parameters = List.copyOf(parameters);
  }

  /** For messages, e.g. {@code String format(String json, int indent)}. */
  public String describe() {
    return simple(this.returnType)
        + " "
        + this.name
        + this.parameters.stream()
            .map(parameter -> simple(parameter.type()) + " " + parameter.name())
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String simple(Type type) {
    return type instanceof Class<?> raw ? raw.getSimpleName() : type.getTypeName();
  }
}
