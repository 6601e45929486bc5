package io.github.wasmspring.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that metadata may have: how they are copied and compared. */
final class MetadataValues {

  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 1000;

  private MetadataValues() {}

  /**
   * An unmodifiable copy, in the same order.
   *
   * @throws IllegalArgumentException if there is a value that can't be kept
   */
  static Map<String, Object> copy(String id, Map<String, Object> metadata) {
    return metadata.isEmpty() ? Map.of() : copyMap(id, "", metadata, 0);
  }

  private static Map<String, Object> copyMap(String id, String path, Map<?, ?> map, int depth) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw refused(id, path, "the key " + key + " is no text");
          }
          copy.put(name, copyValue(id, path + "/" + name, value, depth + 1));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object copyValue(String id, String path, @Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      throw refused(id, path, "it is nested more than 16 deep");
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(id, path, map, depth);
    }
    if (value instanceof Iterable<?> elements) {
      List<Object> copy = new ArrayList<>();
      elements.forEach(element -> copy.add(copyValue(id, path, element, depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof BigInteger number && number.bitLength() > LONGEST_NUMBER
        || value instanceof BigDecimal decimal && isLong(decimal)) {
      throw refused(id, path, "it is a number of more than 1000 bits or digits");
    }
    if (value == null || !isKept(value)) {
      throw refused(
          id,
          path,
          "a value of type %s can't be kept; texts, numbers, booleans, Instants, LocalDates, lists and maps can"
              .formatted(value == null ? "null" : value.getClass().getName()));
    }
    return value;
  }

  /** Comparing with one of a large scale would take as much memory. */
  private static boolean isLong(BigDecimal number) {
    return number.precision() > LONGEST_NUMBER || Math.abs((long) number.scale()) > LONGEST_NUMBER;
  }

  private static boolean isKept(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Float
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || value instanceof Instant
        || value instanceof LocalDate;
  }

  private static IllegalArgumentException refused(String id, String path, String why) {
    return new IllegalArgumentException(
        "Metadata '%s' of document '%s': %s"
            .formatted(path.isEmpty() ? path : path.substring(1), id, why));
  }

  /**
   * @throws IllegalArgumentException if it is a number of a type that metadata never have
   */
  static void requireComparable(Object value) {
    if (value instanceof Number && !isKept(value)) {
      throw new IllegalArgumentException(
          "A filter can't compare with a number of type %s; Integer, Long, Short, Byte, Double, Float, BigInteger and BigDecimal can be"
              .formatted(value.getClass().getName()));
    }
  }

  static boolean areEqual(Object one, Object other) {
    if (one instanceof Number && other instanceof Number) {
      Integer order = compare(one, other);
      return order != null && order == 0;
    }
    return one.equals(other);
  }

  /** The order of two values, {@code null} if they have none. */
  static @Nullable Integer compare(Object one, Object other) {
    if (one instanceof Number first && other instanceof Number second) {
      return compareNumbers(first, second);
    }
    if (one instanceof String first && other instanceof String second) {
      return first.compareTo(second);
    }
    if (one instanceof Instant first && other instanceof Instant second) {
      return first.compareTo(second);
    }
    if (one instanceof LocalDate first && other instanceof LocalDate second) {
      return first.compareTo(second);
    }
    return null;
  }

  private static @Nullable Integer compareNumbers(Number one, Number other) {
    if (isInteger(one) && isInteger(other)) {
      return Long.compare(one.longValue(), other.longValue());
    }
    if (isNotFinite(one) || isNotFinite(other)) {
      double first = one.doubleValue();
      double second = other.doubleValue();
      return Double.isNaN(first) || Double.isNaN(second) ? null : Double.compare(first, second);
    }
    return decimal(one).compareTo(decimal(other));
  }

  private static boolean isInteger(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte;
  }

  private static boolean isNotFinite(Number number) {
    return (number instanceof Double || number instanceof Float)
        && !Double.isFinite(number.doubleValue());
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    // A float is compared as the decimal number that it is written as: 0.1f equals 0.1.
    return new BigDecimal(number.toString());
  }
}
