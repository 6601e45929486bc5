package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmOperations;
import io.github.wasmspring.module.WasmParameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes tools of operations: their parameters are those of an interface that declares them, those
 * that were said, or the numbers that the export takes.
 */
final class OperationTools {

  private static final Pattern NUMBERS =
      Pattern.compile("(\\S+) \\(((?:[if](?:32|64)(?:, )?)*)\\) -> (\\(\\)|[if](?:32|64))");
  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "i32",
          int.class,
          "i64",
          long.class,
          "f32",
          float.class,
          "f64",
          double.class,
          "()",
          void.class);
  private static final String ALLOCATOR = "wasm_alloc ";

  private final WasmModuleManager manager;

  OperationTools(WasmModuleManager manager) {
    this.manager = manager;
  }

  /**
   * @throws IllegalArgumentException if there is no such operation, or nothing is known of its
   *     parameters
   */
  OperationTool of(WasmToolOperation wanted) {
    WasmModuleDescriptor module = this.manager.registry().get(wanted.module, wanted.range);
    WasmOperation declared = declared(module, wanted.operation);
    Signature signature =
        declared != null
            ? new Signature(parameters(declared, wanted), wanted.answer)
            : wanted.parameters.isEmpty() && wanted.answer == null
                ? numbers(wanted)
                : new Signature(wanted.parameters, wanted.answer);
    return new OperationTool(
        this.manager,
        wanted.module,
        wanted.range,
        wanted.operation,
        wanted.name == null ? wanted.module + "_" + wanted.operation : wanted.name,
        wanted.description == null ? description(module, wanted, declared) : wanted.description,
        List.copyOf(signature.parameters()),
        declared != null,
        signature.answer());
  }

  private record Signature(List<WasmToolParameter> parameters, @Nullable Type answer) {}

  private static @Nullable WasmOperation declared(WasmModuleDescriptor module, String operation) {
    return WasmOperations.of(module).stream()
        .filter(each -> each.name().equals(operation))
        .findFirst()
        .orElse(null);
  }

  private static List<WasmToolParameter> parameters(
      WasmOperation operation, WasmToolOperation wanted) {
    if (!wanted.parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "The parameters of %s are declared, use describe instead of parameter"
              .formatted(operation.describe()));
    }
    List<WasmToolParameter> parameters = new ArrayList<>();
    for (WasmParameter parameter : operation.parameters()) {
      String text = wanted.descriptions.getOrDefault(parameter.name(), "");
      parameters.add(parameter(parameter, text));
    }
    return parameters;
  }

  static WasmToolParameter parameter(WasmParameter parameter, String description) {
    Type type = parameter.type();
    boolean optional =
        type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    return new WasmToolParameter(
        parameter.name(),
        optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type,
        description,
        !optional && !parameter.nullable());
  }

  /** What the module exports says how many numbers there are, and of which kind. */
  private Signature numbers(WasmToolOperation wanted) {
    this.manager.warmUp(wanted.module, wanted.range);
    WasmModuleStatus status =
        this.manager.status(wanted.module).stream()
            .filter(each -> !each.exports().isEmpty())
            .findFirst()
            .orElseThrow();
    boolean buffers = status.exports().stream().anyMatch(each -> each.startsWith(ALLOCATOR));
    for (String export : status.exports()) {
      Matcher matcher = NUMBERS.matcher(export);
      if (!buffers
          && matcher.matches()
          && (matcher.group(1).equals(wanted.operation)
              || matcher.group(1).equals(WasmOperations.snakeCase(wanted.operation)))) {
        return new Signature(numbers(matcher.group(2)), TYPES.get(matcher.group(3)));
      }
    }
    throw new IllegalArgumentException(
        buffers
            ? "The module '%s' takes texts and bytes, and its exports do not say where: say what '%s' takes (parameter) and answers"
                .formatted(wanted.module, wanted.operation)
            : "The module '%s' has no operation '%s' that takes numbers; it exports %s"
                .formatted(wanted.module, wanted.operation, status.exports()));
  }

  private static List<WasmToolParameter> numbers(String types) {
    List<WasmToolParameter> parameters = new ArrayList<>();
    for (String type : types.isEmpty() ? new String[0] : types.split(", ")) {
      String name = "argument" + (parameters.size() + 1);
      parameters.add(
          new WasmToolParameter(name, Objects.requireNonNull(TYPES.get(type)), "", true));
    }
    return parameters;
  }

  private static String description(
      WasmModuleDescriptor module, WasmToolOperation wanted, @Nullable WasmOperation declared) {
    String signature = declared == null ? wanted.operation : declared.describe();
    return module.description().isEmpty()
        ? signature
        : "%s. Of a module that says of itself: %s".formatted(signature, module.description());
  }
}
