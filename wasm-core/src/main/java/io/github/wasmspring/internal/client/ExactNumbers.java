package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.module.WasmParameter;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, characters and truth values that somebody gave for a parameter without knowing its type:
 * what the type can't have is refused and never cut.
 */
final class ExactNumbers {

  private static final BigInteger MOST_CHARACTER = BigInteger.valueOf(Character.MAX_VALUE);

  /** Longer texts are no numbers, and slow to find out. */
  private static final int LONGEST_NUMBER = 400;

  private ExactNumbers() {}

  /** Whether a type is one of those; others go another way. */
  static boolean are(Type type) {
    return type instanceof Class<?> raw
        && (primitive(raw).isPrimitive() && raw != void.class && raw != Void.class);
  }

  private static Class<?> primitive(Class<?> type) {
    return MethodType.methodType(type).unwrap().returnType();
  }

  static Object convert(WasmParameter parameter, Object value) {
    Class<?> type = primitive((Class<?>) parameter.type());
    Object converted;
    if (type == boolean.class) {
      converted = truth(value);
    } else if (type == char.class && value instanceof CharSequence text) {
      converted = text.length() == 1 ? text.charAt(0) : null;
    } else if (type == float.class || type == double.class) {
      converted = floating(type, value);
    } else {
      converted = whole(type, value);
    }
    if (converted == null) {
      throw new WasmInvalidInputException(
          "the argument '%s' is %s, which is no %s"
              .formatted(parameter.name(), describe(value), type));
    }
    return converted;
  }

  private static String describe(Object value) {
    String text =
        value instanceof Number || value instanceof Boolean || value instanceof CharSequence
            ? value.toString()
            : "";
    return text.isEmpty() || text.length() > 40
        ? "a " + value.getClass().getName()
        : value instanceof CharSequence ? "\"" + text + "\"" : text;
  }

  private static @Nullable Object truth(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    return switch (value.toString()) {
      case "true" -> value instanceof CharSequence ? true : null;
      case "false" -> value instanceof CharSequence ? false : null;
      default -> null;
    };
  }

  private static @Nullable Object floating(Class<?> type, Object value) {
    double number;
    if (value instanceof Float || value instanceof Double) {
      number = ((Number) value).doubleValue();
      if (!Double.isFinite(number)) {
        return type == float.class ? (Object) (float) number : (Object) number;
      }
    } else {
      BigDecimal exact = exact(value);
      if (exact == null) {
        return null;
      }
      number = exact.doubleValue();
    }
    float narrow = (float) number;
    return !Double.isFinite(type == float.class ? narrow : number)
        ? null
        : type == float.class ? (Object) narrow : (Object) number;
  }

  private static @Nullable Object whole(Class<?> type, Object value) {
    BigDecimal exact = exact(value);
    if (exact == null || exact.precision() - exact.scale() > 20) {
      return null;
    }
    try {
      BigInteger whole = exact.toBigIntegerExact();
      return switch (type.getName()) {
        case "long" -> whole.longValueExact();
        case "short" -> whole.shortValueExact();
        case "byte" -> whole.byteValueExact();
        case "char" ->
            whole.signum() < 0 || whole.compareTo(MOST_CHARACTER) > 0
                ? null
                : (Object) (char) whole.intValue();
        default -> whole.intValueExact();
      };
    } catch (ArithmeticException fraction) {
      return null;
    }
  }

  private static @Nullable BigDecimal exact(Object value) {
    if (!(value instanceof Number || value instanceof CharSequence)) {
      return null;
    }
    String text = value.toString();
    if (text.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException none) {
      return null;
    }
  }
}
