package io.github.wasmspring.internal.sqlite.jdbc;

import io.github.wasmspring.internal.sqlite.guest.GuestRows;
import io.github.wasmspring.internal.sqlite.guest.SqlType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One value of the row that is read, as the Java types that are asked for. */
final class ValueReader {

  /** What is asked for by class, other than dates and times. */
  @FunctionalInterface
  private interface Getter {
    @Nullable Object get(ValueReader value) throws SQLException;
  }

  private static final Map<Class<?>, Getter> GETTERS =
      Map.ofEntries(
          Map.entry(Object.class, ValueReader::object),
          Map.entry(String.class, ValueReader::string),
          Map.entry(Boolean.class, ValueReader::bool),
          Map.entry(Byte.class, value -> (byte) value.integer(Byte.MIN_VALUE, Byte.MAX_VALUE)),
          Map.entry(Short.class, value -> (short) value.integer(Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(
              Integer.class, value -> (int) value.integer(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(Long.class, value -> value.integer(Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(Float.class, value -> (float) value.real()),
          Map.entry(Double.class, ValueReader::real),
          Map.entry(BigDecimal.class, ValueReader::decimal),
          Map.entry(BigInteger.class, value -> nonNull(value.decimal()).toBigInteger()),
          Map.entry(byte[].class, ValueReader::bytes),
          Map.entry(Blob.class, value -> new SqliteBlob(nonNull(value.bytes()))),
          Map.entry(InputStream.class, value -> new ByteArrayInputStream(nonNull(value.bytes()))),
          Map.entry(UUID.class, ValueReader::uuid),
          Map.entry(Date.class, value -> Date.valueOf(nonNull(value.localDate()))),
          Map.entry(Time.class, value -> Time.valueOf(nonNull(value.localTime()))),
          Map.entry(Timestamp.class, value -> value.timestamp(ZoneId.systemDefault())),
          Map.entry(java.util.Date.class, value -> value.timestamp(ZoneId.systemDefault())),
          Map.entry(LocalDate.class, ValueReader::localDate),
          Map.entry(LocalTime.class, ValueReader::localTime),
          Map.entry(LocalDateTime.class, ValueReader::localDateTime),
          Map.entry(OffsetDateTime.class, ValueReader::offsetDateTime),
          Map.entry(ZonedDateTime.class, value -> value.offsetDateTime().toZonedDateTime()),
          Map.entry(Instant.class, value -> value.offsetDateTime().toInstant()));

  private final GuestRows rows;
  private final int column;

  /**
   * @param column from 0
   */
  ValueReader(GuestRows rows, int column) {
    this.rows = rows;
    this.column = column;
  }

  private static <T> T nonNull(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("Only values that are not null are converted");
    }
    return value;
  }

  boolean isNull() {
    return this.rows.type(this.column) == SqlType.NULL;
  }

  /** A {@link Long}, {@link Double}, {@link String} or {@code byte[]}, as it is stored. */
  @Nullable Object object() {
    return switch (this.rows.type(this.column)) {
      case INTEGER -> this.rows.integer(this.column);
      case REAL -> this.rows.real(this.column);
      case TEXT -> this.rows.text(this.column);
      case BLOB -> this.rows.bytes(this.column);
      case NULL -> null;
    };
  }

  /**
   * @throws SQLFeatureNotSupportedException if there is no conversion to the type
   * @throws SQLDataException if this value can't be converted
   */
  <T> @Nullable T as(Class<T> type) throws SQLException {
    Getter getter = GETTERS.get(type);
    if (getter == null) {
      throw new SQLFeatureNotSupportedException(
          "A value of SQLite can't be read as " + type.getName(), "0A000");
    }
    return isNull() ? null : type.cast(getter.get(this));
  }

  @Nullable String string() {
    return switch (this.rows.type(this.column)) {
      case INTEGER -> Long.toString(this.rows.integer(this.column));
      case REAL -> Double.toString(this.rows.real(this.column));
      case TEXT -> this.rows.text(this.column);
      case BLOB -> new String(this.rows.bytes(this.column), StandardCharsets.UTF_8);
      case NULL -> null;
    };
  }

  byte @Nullable [] bytes() {
    return switch (this.rows.type(this.column)) {
      case NULL -> null;
      case TEXT, BLOB -> this.rows.bytes(this.column);
      case INTEGER, REAL -> nonNull(string()).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** Null is {@code false}. */
  boolean bool() throws SQLException {
    return switch (this.rows.type(this.column)) {
      case INTEGER -> this.rows.integer(this.column) != 0;
      case REAL -> this.rows.real(this.column) != 0;
      case NULL -> false;
      case TEXT, BLOB ->
          switch (nonNull(string()).strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0", "" -> false;
            default -> throw unfit("a boolean");
          };
    };
  }

  /** Null is 0. A fraction is cut off. */
  long integer(long least, long most) throws SQLException {
    long value;
    if (this.rows.type(this.column) == SqlType.INTEGER) {
      value = this.rows.integer(this.column);
    } else if (isNull()) {
      return 0;
    } else {
      BigInteger big = nonNull(decimal()).toBigInteger();
      if (big.bitLength() >= Long.SIZE) {
        throw outOfRange(least, most);
      }
      value = big.longValue();
    }
    if (value < least || value > most) {
      throw outOfRange(least, most);
    }
    return value;
  }

  private SQLException outOfRange(long least, long most) {
    return new SQLDataException(
        "The value %s of column %d is not between %d and %d"
            .formatted(shown(), this.column + 1, least, most),
        "22003");
  }

  /** Null is 0. */
  double real() throws SQLException {
    return switch (this.rows.type(this.column)) {
      case INTEGER -> this.rows.integer(this.column);
      case REAL -> this.rows.real(this.column);
      case NULL -> 0;
      case TEXT, BLOB -> nonNull(decimal()).doubleValue();
    };
  }

  @Nullable BigDecimal decimal() throws SQLException {
    try {
      return switch (this.rows.type(this.column)) {
        case INTEGER -> BigDecimal.valueOf(this.rows.integer(this.column));
        case REAL -> BigDecimal.valueOf(this.rows.real(this.column));
        case NULL -> null;
        case TEXT, BLOB -> new BigDecimal(nonNull(string()).strip());
      };
    } catch (NumberFormatException none) {
      throw unfit("a number");
    }
  }

  private UUID uuid() throws SQLException {
    try {
      return UUID.fromString(nonNull(string()));
    } catch (IllegalArgumentException none) {
      throw unfit("a UUID");
    }
  }

  private LocalDate localDate() throws SQLException {
    return temporal(time -> time.toLocalDate(), SqlTemporals::date);
  }

  private LocalTime localTime() throws SQLException {
    return temporal(time -> time.toLocalTime(), SqlTemporals::time);
  }

  private LocalDateTime localDateTime() throws SQLException {
    return temporal(time -> time, SqlTemporals::dateTime);
  }

  private OffsetDateTime offsetDateTime() throws SQLException {
    return temporal(
        time ->
            time.atZone(ZoneId.systemDefault())
                .withZoneSameInstant(ZoneOffset.UTC)
                .toOffsetDateTime(),
        SqlTemporals::offsetTime);
  }

  /**
   * @param zone of text that has no offset
   */
  Timestamp timestamp(ZoneId zone) throws SQLException {
    return Timestamp.from(
        temporal(
            time -> time.atZone(ZoneId.systemDefault()).toInstant(),
            text -> SqlTemporals.instant(text, zone)));
  }

  /** Integers are milliseconds since 1970, as other drivers write them. */
  private <T> T temporal(Function<LocalDateTime, T> local, Function<String, T> text)
      throws SQLException {
    try {
      return switch (this.rows.type(this.column)) {
        case INTEGER ->
            local.apply(
                LocalDateTime.ofInstant(
                    Instant.ofEpochMilli(this.rows.integer(this.column)), ZoneId.systemDefault()));
        case TEXT, BLOB -> text.apply(nonNull(string()));
        case REAL, NULL -> throw unfit("a date or time");
      };
    } catch (DateTimeException none) {
      throw unfit("a date or time");
    }
  }

  private SQLException unfit(String wanted) {
    return new SQLDataException(
        "The value %s of column %d is not %s".formatted(shown(), this.column + 1, wanted), "22018");
  }

  private String shown() {
    String text = String.valueOf(string());
    return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
  }
}
