package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.WasmDirectFunction;
import io.github.wasmspring.internal.convention.NarrowResults;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The numbers that a method takes and returns, between Java's objects and WebAssembly's bits. */
final class NumberTypes {

  private final Class<?>[] parameters;
  private final @Nullable Class<?> narrow;

  NumberTypes(Method method) {
    this.parameters = method.getParameterTypes();
    Class<?> result = method.getReturnType();
    this.narrow = NarrowResults.isNarrow(result) ? result : null;
  }

  /**
   * @throws WasmException if the method can't return the answer as it is
   */
  long exact(long answer) {
    return this.narrow == null ? answer : NarrowResults.exact(this.narrow, answer);
  }

  /** Whether a method has nothing but primitive types, and few parameters. */
  static boolean fit(Method method) {
    return method.getReturnType().isPrimitive()
        && method.getReturnType() != void.class
        && method.getParameterCount() <= WasmDirectFunction.MOST_PARAMETERS
        && Arrays.stream(method.getParameterTypes()).allMatch(Class::isPrimitive);
  }

  Object[] box(long... bits) {
    Object[] boxed = new Object[bits.length];
    for (int i = 0; i < bits.length; i++) {
      boxed[i] = box(this.parameters[i], bits[i]);
    }
    return boxed;
  }

  private static Object box(Class<?> type, long bits) {
    return switch (type.getName()) {
      case "int" -> (int) bits;
      case "long" -> bits;
      case "float" -> Float.intBitsToFloat((int) bits);
      case "double" -> Double.longBitsToDouble(bits);
      case "short" -> (short) bits;
      case "byte" -> (byte) bits;
      case "char" -> (char) bits;
      default -> isTrue(bits);
    };
  }

  static boolean isTrue(long bits) {
    return (int) bits != 0;
  }

  long unbox(@Nullable Object value) {
    if (value instanceof Float number) {
      return Float.floatToRawIntBits(number);
    } else if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    } else if (value instanceof Number number) {
      return number.longValue();
    } else if (value instanceof Character character) {
      return character;
    } else if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    throw new NullPointerException("The answer is null, and the method returns a primitive type");
  }
}
