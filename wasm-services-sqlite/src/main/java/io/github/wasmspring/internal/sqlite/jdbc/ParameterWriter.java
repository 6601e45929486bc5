package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.ParameterBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Java values as values of SQLite, which has integers, doubles, text, blobs and null. */
final class ParameterWriter {

  private ParameterWriter() {}

  /**
   * @throws SQLFeatureNotSupportedException if SQLite has nothing for a value of that type
   */
  static void write(ParameterBuffer target, @Nullable Object value) throws SQLException {
    if (value == null) {
      target.addNull();
    } else if (value instanceof Number number) {
      writeNumber(target, number);
    } else if (value instanceof byte[] bytes) {
      target.add(bytes);
    } else if (value instanceof Boolean flag) {
      target.add(flag ? 1L : 0L);
    } else if (value instanceof Blob blob) {
      target.add(blob.getBytes(1, Math.toIntExact(blob.length())));
    } else if (value instanceof InputStream stream) {
      target.add(bytes(stream));
    } else if (value instanceof Reader reader) {
      target.add(text(reader));
    } else {
      target.add(text(value));
    }
  }

  private static void writeNumber(ParameterBuffer target, Number number) throws SQLException {
    if (number instanceof Double || number instanceof Float) {
      target.add(number.doubleValue());
    } else if (number instanceof BigDecimal decimal) {
      // A column with a numeric affinity makes a number of it, exactly if that is possible.
      target.add(decimal.toPlainString());
    } else if (number instanceof BigInteger big) {
      if (big.bitLength() < Long.SIZE) {
        target.add(big.longValue());
      } else {
        target.add(big.toString());
      }
    } else if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      target.add(number.longValue());
    } else {
      throw unsupported(number);
    }
  }

  private static String text(Object value) throws SQLException {
    if (value instanceof CharSequence || value instanceof Character || value instanceof UUID) {
      return value.toString();
    } else if (value instanceof LocalDate date) {
      return date.toString();
    } else if (value instanceof LocalTime time) {
      return SqlTemporals.text(time);
    } else if (value instanceof LocalDateTime time) {
      return SqlTemporals.text(time);
    } else if (value instanceof OffsetDateTime time) {
      return SqlTemporals.text(time);
    } else if (value instanceof ZonedDateTime time) {
      return SqlTemporals.text(time.toOffsetDateTime());
    } else if (value instanceof Instant time) {
      return SqlTemporals.text(time);
    } else if (value instanceof Timestamp time) {
      return SqlTemporals.text(time.toInstant());
    } else if (value instanceof Date date) {
      return date.toLocalDate().toString();
    } else if (value instanceof Time time) {
      return SqlTemporals.text(time.toLocalTime());
    } else if (value instanceof java.util.Date time) {
      return SqlTemporals.text(time.toInstant());
    }
    throw unsupported(value);
  }

  private static SQLException unsupported(Object value) {
    return new SQLFeatureNotSupportedException(
        "SQLite has no type for a %s; set a number, text, bytes or a type of java.time"
            .formatted(value.getClass().getName()),
        "0A000");
  }

  private static byte[] bytes(InputStream stream) throws SQLException {
    try {
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new SQLDataException("The stream of a parameter can't be read", "22000", failure);
    }
  }

  private static String text(Reader reader) throws SQLException {
    StringWriter text = new StringWriter();
    try {
      reader.transferTo(text);
    } catch (IOException failure) {
      throw new SQLDataException("The reader of a parameter can't be read", "22000", failure);
    }
    return text.toString();
  }
}
