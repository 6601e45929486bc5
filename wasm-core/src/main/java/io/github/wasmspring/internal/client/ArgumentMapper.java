package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.convention.WasmBatchRows;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmOperation;
import io.github.wasmspring.module.WasmParameter;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/** Brings an input and options by name into the order and the types of an operation. */
final class ArgumentMapper {

  private static final Map<Type, Object> LEFT_OUT =
      Map.of(
          int.class,
          0,
          long.class,
          0L,
          short.class,
          (short) 0,
          byte.class,
          (byte) 0,
          float.class,
          0f,
          double.class,
          0d,
          boolean.class,
          false,
          char.class,
          '\0',
          String.class,
          "",
          byte[].class,
          new byte[0]);

  private final JsonMapper jsonMapper;

  ArgumentMapper(JsonMapper jsonMapper) {
    this.jsonMapper = jsonMapper;
  }

  @Nullable Object[] map(WasmOperation operation, @Nullable Object input, Map<String, ?> options) {
    List<WasmParameter> parameters = operation.parameters();
    refuseUnknown(operation, options.keySet());
    @Nullable Object[] arguments = new @Nullable Object[parameters.size()];
    for (int i = 0; i < arguments.length; i++) {
      WasmParameter parameter = parameters.get(i);
      Object given = options.get(parameter.name());
      if (i == 0 && given != null && input != null) {
        throw new WasmInvalidInputException(
            "the argument '%s' is given twice, as input and as option".formatted(parameter.name()));
      }
      if (i == 0 && given == null) {
        arguments[i] = convert(operation, i, input);
      } else {
        arguments[i] = given != null ? convert(operation, i, given) : leftOut(parameter);
      }
    }
    if (parameters.isEmpty() && input != null) {
      throw new WasmInvalidInputException(operation.describe() + " takes no input");
    }
    return arguments;
  }

  @Nullable Object[] convert(WasmOperation operation, @Nullable Object[] arguments) {
    List<WasmParameter> parameters = operation.parameters();
    if (arguments.length != parameters.size()) {
      throw new WasmInvalidInputException(
          "%s takes %d arguments, not %d"
              .formatted(operation.describe(), parameters.size(), arguments.length));
    }
    @Nullable Object[] converted = new @Nullable Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      converted[i] = convert(operation, i, arguments[i]);
    }
    return converted;
  }

  private @Nullable Object convert(WasmOperation operation, int index, @Nullable Object value) {
    WasmBatchShape batch = operation.batch();
    return batch != null && batch.each().get(index) && value instanceof Collection<?> elements
        ? convertAll(batch.element().parameters().get(index), elements)
        : convert(operation.parameters().get(index), value);
  }

  private List<@Nullable Object> convertAll(WasmParameter parameter, Collection<?> elements) {
    List<@Nullable Object> converted = new ArrayList<>(elements.size());
    for (Object element : elements) {
      try {
        converted.add(convert(parameter, element));
      } catch (WasmInvalidInputException unfit) {
        throw WasmBatchRows.at(converted.size(), unfit);
      }
    }
    return converted;
  }

  private static void refuseUnknown(WasmOperation operation, Set<String> names) {
    Set<String> unknown = new LinkedHashSet<>(names);
    operation.parameters().forEach(parameter -> unknown.remove(parameter.name()));
    if (!unknown.isEmpty()) {
      throw new WasmInvalidInputException(
          "%s has no option %s".formatted(operation.describe(), String.join(", ", unknown)));
    }
  }

  private static @Nullable Object leftOut(WasmParameter parameter) {
    if (parameter.nullable() && !ExactNumbers.are(parameter.type())) {
      return null;
    }
    if (isOptional(parameter.type())) {
      return Optional.empty();
    }
    Object value = LEFT_OUT.get(parameter.type());
    if (value == null) {
      throw new WasmInvalidInputException("the option '%s' is needed".formatted(parameter.name()));
    }
    return value;
  }

  private @Nullable Object convert(WasmParameter parameter, @Nullable Object value) {
    Type type = parameter.type();
    if (value == null) {
      if (isOptional(type) || parameter.nullable() && !ExactNumbers.are(type)) {
        return isOptional(type) ? Optional.empty() : null;
      }
      throw new WasmInvalidInputException(
          "the argument '%s' is null, and WebAssembly has no null".formatted(parameter.name()));
    }
    if (type instanceof Class<?> raw
        && MethodType.methodType(raw).wrap().returnType().isInstance(value)) {
      return value;
    }
    if (type == String.class && value instanceof byte[] utf8) {
      return text(parameter, utf8);
    }
    if (type == byte[].class && value instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (ExactNumbers.are(type)) {
      return ExactNumbers.convert(parameter, value);
    }
    try {
      return converted(value, type);
    } catch (JacksonException | IllegalArgumentException unfit) {
      throw new WasmInvalidInputException(
          "the argument '%s' is a %s, which is no %s: %s"
              .formatted(
                  parameter.name(),
                  value.getClass().getName(),
                  type.getTypeName(),
                  unfit instanceof JacksonException known
                      ? known.getOriginalMessage()
                      : unfit.getMessage()),
          unfit);
    }
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
  }

  /** As Jackson converts it, but nothing is cut on the way: no fraction of a number. */
  private @Nullable Object converted(Object value, Type type) {
    TokenBuffer tokens = TokenBuffer.forGeneration();
    try {
      this.jsonMapper.writeValue(tokens, value);
    } catch (StackOverflowError deep) {
      throw new IllegalArgumentException("it is nested too deeply, or has itself in it", deep);
    }
    return this.jsonMapper
        .readerFor(this.jsonMapper.constructType(type))
        .without(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .readValue(tokens);
  }

  private static String text(WasmParameter parameter, byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException broken) {
      throw new WasmInvalidInputException(
          "the bytes of the argument '%s' are not UTF-8".formatted(parameter.name()), broken);
    }
  }

  /** An answer as the type that the caller asks for. */
  @Nullable Object answer(@Nullable Object value, Type type) {
    if (value == null || type instanceof Class<?> raw && wrapper(raw).isInstance(value)) {
      return value;
    }
    if (type == void.class) {
      return null;
    }
    if (type == byte[].class && value instanceof CharSequence text) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return converted(value, type);
    } catch (JacksonException | IllegalArgumentException unfit) {
      throw new WasmInvalidInputException(
          "the operation answers with a %s, which can't be given as %s"
              .formatted(value.getClass().getName(), type.getTypeName()),
          unfit);
    }
  }

  private static Class<?> wrapper(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }
}
