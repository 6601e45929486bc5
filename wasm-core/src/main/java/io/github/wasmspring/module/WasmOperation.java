package io.github.wasmspring.module;

import io.github.wasmspring.WasmInvalidInputException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can be called: an export, seen with Java types.
 *
 * @param name of the operation
 * @param export the exported function that does it
 * @param parameters in the order of the export
 * @param returnType the Java type of the answer, {@code void.class} for none
 * @param nullable whether the answer may be {@code null}, for "nothing"
 * @param batch how it is called for many inputs at once, {@code null} if it is called for one
 */
public record WasmOperation(
    String name,
    String export,
    List<WasmParameter> parameters,
    Type returnType,
    boolean nullable,
    @Nullable WasmBatchShape batch) {

  public WasmOperation {
    parameters = List.copyOf(parameters);
  }

  public WasmOperation(
      String name, String export, List<WasmParameter> parameters, Type returnType) {
    this(name, export, parameters, returnType, false, null);
  }

  WasmOperation with(WasmBatchShape batch) {
    return new WasmOperation(
        this.name, this.export, this.parameters, this.returnType, this.nullable, batch);
  }

  /**
   * This operation for a list of first arguments; the others are the same for all.
   *
   * @throws WasmInvalidInputException if it has no parameter, or changes one in place
   */
  public WasmOperation inBatch() {
    if (this.parameters.isEmpty() || this.parameters.stream().anyMatch(WasmParameter::inOut)) {
      throw new WasmInvalidInputException(
          "%s can't be called in a batch, which needs an argument and changes none"
              .formatted(describe()));
    }
    List<WasmParameter> lists = new ArrayList<>(this.parameters);
    lists.set(0, new WasmParameter(this.parameters.get(0).name(), List.class));
    List<Boolean> each = new ArrayList<>(Collections.nCopies(lists.size(), false));
    each.set(0, true);
    return new WasmOperation(
        this.name,
        this.export,
        lists,
        this.returnType == void.class ? void.class : List.class,
        false,
        new WasmBatchShape(this, each, false));
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
