package io.github.wasmspring.real;

import java.util.Set;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * Values as the scripts of the official test suite write them, and as the engine's interface has
 * them, where a reference of the host is a number.
 */
final class SpecificationValues {

  private static final String VECTOR = "v128";
  private static final long F32_NAN = 0x7f800000L;
  private static final long F64_NAN = 0x7ff0000000000000L;

  private final long nullReference;

  /**
   * @param nullReference the number that the engine has for a reference to nothing
   */
  SpecificationValues(long nullReference) {
    this.nullReference = nullReference;
  }

  /** A vector is two numbers, the lower half first. */
  static int words(JsonNode value) {
    JsonNode type =
        value.get("type").asString().equals("either") ? value.get("values").get(0) : value;
    return type.get("type").asString().equals(VECTOR) ? 2 : 1;
  }

  LongStream arguments(JsonNode given) {
    if (words(given) == 1) {
      return LongStream.of(argument(given));
    }
    int bits = bits(given);
    long[] halves = new long[2];
    for (int i = 0; i * bits < 2 * Long.SIZE; i++) {
      halves[i * bits / Long.SIZE] |= lane(given.get("value").get(i), bits) << i * bits;
    }
    return LongStream.of(halves);
  }

  /** Of a lane of a vector. */
  private static int bits(JsonNode vector) {
    return Integer.parseInt(vector.get("lane_type").asString().substring(1));
  }

  private static long lane(JsonNode value, int bits) {
    long lane = Long.parseUnsignedLong(value.asString());
    return bits == Long.SIZE ? lane : lane & (1L << bits) - 1;
  }

  /** Whether the results from a position on are what a script allows. */
  boolean matches(JsonNode expected, long[] actual, int at) {
    if (words(expected) == 1) {
      return matches(expected, actual[at]);
    }
    if (expected.get("type").asString().equals("either")) {
      for (JsonNode each : expected.get("values")) {
        if (matches(each, actual, at)) {
          return true;
        }
      }
      return false;
    }
    int bits = bits(expected);
    boolean matches = true;
    for (int i = 0; i * bits < 2 * Long.SIZE; i++) {
      long lane = actual[at + i * bits / Long.SIZE] >>> i * bits;
      lane = bits == Long.SIZE ? lane : lane & (1L << bits) - 1;
      String wanted = expected.get("value").get(i).asString();
      matches &=
          wanted.startsWith("nan:")
              ? isNan(wanted, bits == Long.SIZE, lane)
              : lane == lane(expected.get("value").get(i), bits);
    }
    return matches;
  }

  private static boolean isNan(String kind, boolean wide, long bits) {
    long nan = wide ? F64_NAN : F32_NAN;
    long quiet = wide ? 1L << 51 : 1L << 22;
    long fraction = bits & (wide ? (1L << 52) - 1 : (1L << 23) - 1);
    return (bits & nan) == nan
        && (kind.equals("nan:canonical") ? fraction == quiet : (fraction & quiet) != 0);
  }

  private long argument(JsonNode given) {
    String type = given.get("type").asString();
    if (!isNumber(type)) {
      return reference(given);
    }
    long bits = Long.parseUnsignedLong(given.get("value").asString());
    return type.equals("i32") ? (int) bits : bits;
  }

  /** The number that stands for a reference. */
  private long reference(JsonNode value) {
    String number = value.get("value").asString();
    if (number.equals("null")) {
      return this.nullReference;
    }
    String type = value.get("type").asString();
    if (!type.equals("externref")) {
      throw new IllegalStateException("What is the %s %s?".formatted(type, number));
    }
    return Long.parseLong(number);
  }

  /** Whether a result is one that a script allows. */
  private boolean matches(JsonNode expected, long actual) {
    String type = expected.get("type").asString();
    if (type.equals("either")) {
      for (JsonNode each : expected.get("values")) {
        if (matches(each, actual)) {
          return true;
        }
      }
      return false;
    }
    String value = expected.get("value").asString();
    if (!isNumber(type)) {
      return value.equals("any") ? actual != this.nullReference : actual == reference(expected);
    }
    boolean wide = type.endsWith("64");
    if (value.startsWith("nan:")) {
      return isNan(value, wide, actual);
    }
    long bits = Long.parseUnsignedLong(value);
    return wide ? bits == actual : (int) bits == (int) actual;
  }

  /** Whether bits of a NaN are compared. */
  static boolean isNan(JsonNode expected) {
    if (expected.get("type").asString().equals(VECTOR)) {
      return false;
    }
    String value = expected.path("value").asString("");
    return switch (expected.get("type").asString()) {
      case "f32" ->
          value.startsWith("nan:")
              || Float.isNaN(Float.intBitsToFloat(Integer.parseUnsignedInt(value)));
      case "f64" ->
          value.startsWith("nan:")
              || Double.isNaN(Double.longBitsToDouble(Long.parseUnsignedLong(value)));
      default -> false;
    };
  }

  private static boolean isNumber(String type) {
    return Set.of("i32", "i64", "f32", "f64").contains(type);
  }
}
