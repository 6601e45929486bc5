package io.github.wasmspring.autoconfigure.sqlite;

import io.github.wasmspring.internal.sqlite.jdbc.SqlTemporals;
import java.sql.JDBCType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.core.mapping.JdbcValue;

/**
 * Between what SQLite stores and properties of entities. Dates and times are text. Spring Data
 * would make instants of local dates and times, and with that other dates in other zones.
 */
final class SqliteConverters {

  static final List<Object> ALL =
      List.of(
          new NumberToBoolean(),
          new TextToInstant(),
          new TextToDate(),
          new TextToLocalDate(),
          new TextToLocalTime(),
          new TextToLocalDateTime(),
          new TextToOffsetDateTime(),
          new OffsetDateTimeToText(),
          new LocalDateToText(),
          new LocalTimeToText());

  private SqliteConverters() {}

  @ReadingConverter
  static final class NumberToBoolean implements Converter<Number, Boolean> {
    @Override
    public Boolean convert(Number source) {
      return source.doubleValue() != 0;
    }
  }

  @ReadingConverter
  static final class TextToInstant implements Converter<String, Instant> {
    @Override
    public Instant convert(String source) {
      return SqlTemporals.offsetTime(source).toInstant();
    }
  }

  @ReadingConverter
  static final class TextToDate implements Converter<String, Date> {
    @Override
    public Date convert(String source) {
      return Date.from(SqlTemporals.offsetTime(source).toInstant());
    }
  }

  @ReadingConverter
  static final class TextToLocalDate implements Converter<String, LocalDate> {
    @Override
    public LocalDate convert(String source) {
      return SqlTemporals.date(source);
    }
  }

  @ReadingConverter
  static final class TextToLocalTime implements Converter<String, LocalTime> {
    @Override
    public LocalTime convert(String source) {
      return SqlTemporals.time(source);
    }
  }

  @ReadingConverter
  static final class TextToLocalDateTime implements Converter<String, LocalDateTime> {
    @Override
    public LocalDateTime convert(String source) {
      return SqlTemporals.dateTime(source);
    }
  }

  @ReadingConverter
  static final class TextToOffsetDateTime implements Converter<String, OffsetDateTime> {
    @Override
    public OffsetDateTime convert(String source) {
      return SqlTemporals.offsetTime(source);
    }
  }

  /** In UTC, as instants are, so that texts are in the order of their times. */
  @WritingConverter
  static final class OffsetDateTimeToText implements Converter<OffsetDateTime, JdbcValue> {
    @Override
    public JdbcValue convert(OffsetDateTime source) {
      return JdbcValue.of(SqlTemporals.text(source.toInstant()), JDBCType.VARCHAR);
    }
  }

  @WritingConverter
  static final class LocalDateToText implements Converter<LocalDate, JdbcValue> {
    @Override
    public JdbcValue convert(LocalDate source) {
      return JdbcValue.of(source.toString(), JDBCType.VARCHAR);
    }
  }

  @WritingConverter
  static final class LocalTimeToText implements Converter<LocalTime, JdbcValue> {
    @Override
    public JdbcValue convert(LocalTime source) {
      return JdbcValue.of(SqlTemporals.text(source), JDBCType.VARCHAR);
    }
  }
}
