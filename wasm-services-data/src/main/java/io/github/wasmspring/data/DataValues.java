package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** From what users have to what columns hold. */
final class DataValues {

  private DataValues() {}

  /**
   * @throws IllegalArgumentException if it is no value of that type
   */
  static void add(DataColumnBuilder column, DataType type, @Nullable Object value) {
    if (value == null) {
      column.addNull();
      return;
    }
    switch (type.kind()) {
      case BOOLEAN -> column.add(truth(value) ? 1 : 0);
      case INTEGER -> column.add(integer(value));
      case DOUBLE -> addDouble(column, value);
      case DECIMAL -> column.addWide(decimal(value, type.scale()));
      case TEXT -> column.addText(text(value).getBytes(StandardCharsets.UTF_8));
      case DATE -> column.add(day(value));
      case TIMESTAMP -> column.add(micros(value));
    }
  }

  private static IllegalArgumentException noValue(Object value, String what) {
    String shown = String.valueOf(value);
    return new IllegalArgumentException(
        "'%s' (%s) is no %s"
            .formatted(
                shown.length() > 100 ? shown.substring(0, 100) + "…" : shown,
                value.getClass().getSimpleName(),
                what));
  }

  private static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw noValue(value, "BOOLEAN");
  }

  private static long integer(Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof BigInteger wide && wide.bitLength() < Long.SIZE) {
      return wide.longValue();
    }
    if (value instanceof BigDecimal wide && wide.stripTrailingZeros().scale() <= 0) {
      try {
        return wide.longValueExact();
      } catch (ArithmeticException tooLarge) {
        throw noValue(value, "INTEGER");
      }
    }
    throw noValue(value, "INTEGER");
  }

  private static void addDouble(DataColumnBuilder column, Object value) {
    if (!(value instanceof Number number)) {
      throw noValue(value, "DOUBLE");
    }
    double bits = number.doubleValue() + 0.0;
    if (Double.isNaN(bits)) {
      column.addNull();
    } else {
      column.add(Double.doubleToRawLongBits(bits));
    }
  }

  private static BigInteger decimal(Object value, int scale) {
    BigDecimal number;
    if (value instanceof BigDecimal decimal) {
      number = decimal;
    } else if (value instanceof BigInteger wide) {
      number = new BigDecimal(wide);
    } else if (value instanceof Double || value instanceof Float || !(value instanceof Number)) {
      throw noValue(value, "DECIMAL: decimals, integers are");
    } else {
      number = BigDecimal.valueOf(integer(value));
    }
    // A number like 1e999999999 must not be written out first.
    if (Math.abs((long) number.precision() - number.scale()) > 2 * DataType.MOST_DIGITS) {
      throw noValue(value, "DECIMAL of 38 digits");
    }
    try {
      return DataNumbers.fitting(number.setScale(scale).unscaledValue());
    } catch (ArithmeticException inexact) {
      throw noValue(value, "DECIMAL with " + scale + " digits behind the point; round it first");
    } catch (DataValueException tooLarge) {
      throw noValue(value, "DECIMAL of 38 digits");
    }
  }

  private static String text(Object value) {
    if (value instanceof CharSequence || value instanceof Character) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    throw noValue(value, "TEXT");
  }

  private static long day(Object value) {
    LocalDate date;
    if (value instanceof LocalDate day) {
      date = day;
    } else if (value instanceof java.sql.Date day) {
      date = day.toLocalDate();
    } else {
      throw noValue(value, "DATE");
    }
    try {
      return DataTimeReader.checkedDays(date.toEpochDay());
    } catch (DataValueException outside) {
      throw noValue(value, "DATE of the years 0000 to 9999");
    }
  }

  /** What has no zone is no instant: {@code LocalDateTime} is refused. */
  private static long micros(Object value) {
    Instant instant;
    if (value instanceof Instant at) {
      instant = at;
    } else if (value instanceof OffsetDateTime at) {
      instant = at.toInstant();
    } else if (value instanceof ZonedDateTime at) {
      instant = at.toInstant();
    } else if (value instanceof java.util.Date at
        && !(at instanceof java.sql.Date)
        && !(at instanceof java.sql.Time)) {
      instant = at.toInstant();
    } else {
      throw noValue(value, "TIMESTAMP: an instant, or a date with time and offset, is");
    }
    try {
      DataTimeReader.checkedDays(Math.floorDiv(instant.getEpochSecond(), 86_400));
    } catch (DataValueException outside) {
      throw noValue(value, "TIMESTAMP of the years 0000 to 9999");
    }
    return instant.getEpochSecond() * DataColumn.MICROS + instant.getNano() / 1000;
  }
}
