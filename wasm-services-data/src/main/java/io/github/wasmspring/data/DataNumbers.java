package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Numbers from texts and from each other, as the module makes them. */
final class DataNumbers {

  private static final int LONGEST = 100;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?");
  private static final BigInteger BOUND = BigInteger.TEN.pow(DataType.MOST_DIGITS);

  private DataNumbers() {}

  private static String digits(String text, Pattern form, int signs) {
    String trimmed = text.trim();
    if (trimmed.length() > LONGEST + signs || !form.matcher(trimmed).matches()) {
      throw new DataValueException(JavaVector.NO_NUMBER);
    }
    return trimmed;
  }

  /** A sign does not count for the length of integers and decimals. */
  private static int signs(String text) {
    String trimmed = text.trim();
    return trimmed.startsWith("-") || trimmed.startsWith("+") ? 1 : 0;
  }

  static long integer(String text) {
    try {
      return Long.parseLong(digits(text, INTEGER, signs(text)));
    } catch (NumberFormatException tooLarge) {
      throw overflow();
    }
  }

  static BigInteger decimal(String text, int scale) {
    BigDecimal value = new BigDecimal(digits(text, DECIMAL, signs(text)));
    return fitting(value.setScale(scale, RoundingMode.HALF_UP).unscaledValue());
  }

  static double number(String text) {
    double value = Double.parseDouble(digits(text, DOUBLE, 0));
    if (Double.isInfinite(value)) {
      throw overflow();
    }
    return value + 0.0;
  }

  static DataValueException overflow() {
    return new DataValueException(JavaVector.OVERFLOW);
  }

  static BigInteger fitting(BigInteger value) {
    if (value.abs().compareTo(BOUND) >= 0) {
      throw overflow();
    }
    return value;
  }

  static BigInteger rescale(BigInteger value, int from, int to) {
    if (to >= from) {
      return fitting(value.multiply(BigInteger.TEN.pow(to - from)));
    }
    return new BigDecimal(value, from).setScale(to, RoundingMode.HALF_UP).unscaledValue();
  }

  static double power(int digits) {
    return Double.parseDouble("1e" + digits);
  }

  /** To the nearest integer, and from the middle away from zero. */
  static double round(double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    if (Math.abs(value - whole) < 0.5) {
      return whole;
    }
    return value < 0 ? whole - 1 : whole + 1;
  }

  static BigInteger decimal(double value, int scale) {
    double rounded = round(value * power(scale));
    if (!(Math.abs(rounded) < 1e38)) {
      throw overflow();
    }
    return fitting(new BigDecimal(rounded).toBigInteger());
  }

  static long integer(double value) {
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    if (whole < -0x1p63 || whole >= 0x1p63) {
      throw overflow();
    }
    return (long) whole;
  }

  static long integer(BigInteger value, int scale) {
    BigInteger whole = value.divide(BigInteger.TEN.pow(scale));
    if (whole.bitLength() >= Long.SIZE) {
      throw overflow();
    }
    return whole.longValue();
  }
}
