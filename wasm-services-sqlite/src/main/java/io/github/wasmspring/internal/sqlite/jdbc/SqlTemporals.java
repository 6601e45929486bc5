package io.github.wasmspring.internal.sqlite.jdbc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Dates and times as text, in the forms of ISO 8601 that SQLite's own functions read and write:
 * with a space before the time. Text without an offset is of no zone.
 */
public final class SqlTemporals {

  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  /** With all digits of a fraction, so that texts of one offset are in the order of their times. */
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, true)
          .appendOffsetId()
          .toFormatter(Locale.ROOT);

  private SqlTemporals() {}

  static String text(LocalDateTime time) {
    return time.toLocalDate() + " " + text(time.toLocalTime());
  }

  public static String text(LocalTime time) {
    return time.format(DateTimeFormatter.ISO_LOCAL_TIME);
  }

  static String text(OffsetDateTime time) {
    return time.format(WITH_OFFSET);
  }

  public static String text(Instant time) {
    return text(time.atOffset(ZoneOffset.UTC));
  }

  /** An {@link OffsetDateTime}, a {@link LocalDateTime} or a {@link LocalDate}. */
  private static TemporalAccessor read(String text) {
    String trimmed = text.strip();
    String iso =
        trimmed.length() > 10 && trimmed.charAt(10) == ' '
            ? trimmed.substring(0, 10) + "T" + trimmed.substring(11).replace(" ", "")
            : trimmed;
    return READ.parseBest(iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  /**
   * @throws DateTimeException if it is no date
   */
  public static LocalDate date(String text) {
    return dateTime(text).toLocalDate();
  }

  public static LocalDateTime dateTime(String text) {
    TemporalAccessor read = read(text);
    if (read instanceof OffsetDateTime time) {
      return time.toLocalDateTime();
    }
    return read instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.from(read);
  }

  public static LocalTime time(String text) {
    String trimmed = text.strip();
    return trimmed.indexOf('-') == 4 ? dateTime(text).toLocalTime() : LocalTime.parse(trimmed);
  }

  /** In UTC where the text has no offset, as SQLite's {@code CURRENT_TIMESTAMP}. */
  public static OffsetDateTime offsetTime(String text) {
    return read(text) instanceof OffsetDateTime time
        ? time
        : dateTime(text).atOffset(ZoneOffset.UTC);
  }

  /** In a zone where the text has no offset. */
  static Instant instant(String text, ZoneId zone) {
    return read(text) instanceof OffsetDateTime time
        ? time.toInstant()
        : ZonedDateTime.of(dateTime(text), zone).toInstant();
  }
}
