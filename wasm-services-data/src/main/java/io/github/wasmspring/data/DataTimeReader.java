package io.github.wasmspring.data;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;

/** Reads one date or instant in the form of a pattern, as the module does. */
final class DataTimeReader {

  static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
  static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  static final long MICROS_OF_DAY = 86_400_000_000L;

  private final byte[] text;
  private final byte[] pattern;
  private final int[] fields = {0, 0, 1, 1, 0, 0, 0, 0};
  private int at;
  private int offset;

  DataTimeReader(String text, byte[] pattern) {
    this.text = text.trim().getBytes(StandardCharsets.UTF_8);
    this.pattern = pattern;
  }

  static long checkedDays(long days) {
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw new DataValueException(JavaVector.NO_SUCH_TIME);
    }
    return days;
  }

  /**
   * Days or microseconds since 1970.
   *
   * @throws DataValueException if it is none
   */
  long read(boolean isDate) {
    for (int pair = 0; pair < this.pattern.length; pair += 2) {
      int size = this.pattern[pair + 1];
      switch (this.pattern[pair]) {
        case DataTimePattern.LITERAL -> literal(size);
        case DataTimePattern.FRACTION -> fraction(size, size);
        case DataTimePattern.OFFSET -> offset();
        case DataTimePattern.TIME_OF_DAY -> timeOfDay();
        case DataTimePattern.YEAR -> this.fields[DataTimePattern.YEAR] = number(4, 4);
        default -> this.fields[this.pattern[pair]] = number(size, 2);
      }
    }
    if (this.at < this.text.length) {
      throw noTime();
    }
    return value(isDate);
  }

  private long value(boolean isDate) {
    int month = this.fields[DataTimePattern.MONTH];
    int day = this.fields[DataTimePattern.DAY];
    int hour = this.fields[DataTimePattern.HOUR];
    int minute = this.fields[DataTimePattern.MINUTE];
    int second = this.fields[DataTimePattern.SECOND];
    if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
      throw noTime();
    }
    YearMonth of = YearMonth.of(this.fields[DataTimePattern.YEAR], month);
    if (day > of.lengthOfMonth()) {
      throw noTime();
    }
    long days = of.atDay(day).toEpochDay();
    if (isDate) {
      return days;
    }
    long seconds = days * 86_400 + hour * 3_600L + minute * 60L + second - this.offset;
    long micros = seconds * DataColumn.MICROS + this.fields[DataTimePattern.FRACTION];
    return checkedMicros(micros);
  }

  static long checkedMicros(long micros) {
    checkedDays(Math.floorDiv(micros, MICROS_OF_DAY));
    return micros;
  }

  private static DataValueException noTime() {
    return new DataValueException(JavaVector.NO_TIME);
  }

  private int next() {
    return this.at < this.text.length ? this.text[this.at] : 0;
  }

  private boolean isDigit() {
    return next() >= '0' && next() <= '9';
  }

  private int number(int least, int most) {
    int value = 0;
    int digits = 0;
    while (digits < most && isDigit()) {
      value = value * 10 + next() - '0';
      this.at++;
      digits++;
    }
    if (digits < least) {
      throw noTime();
    }
    return value;
  }

  private void literal(int character) {
    if (this.at == this.text.length || next() != character) {
      throw noTime();
    }
    this.at++;
  }

  private void fraction(int least, int most) {
    int begin = this.at;
    int micros = number(least, most);
    int digits = this.at - begin;
    for (; digits < 6; digits++) {
      micros *= 10;
    }
    for (; digits > 6; digits--) {
      micros /= 10;
    }
    this.fields[DataTimePattern.FRACTION] = micros;
  }

  private void offset() {
    if (next() == 'Z') {
      this.at++;
      return;
    }
    boolean negative = next() == '-';
    if (!negative && next() != '+') {
      throw noTime();
    }
    this.at++;
    int hours = number(2, 2);
    int minutes = 0;
    if (next() == ':') {
      this.at++;
      minutes = number(2, 2);
    } else if (isDigit()) {
      minutes = number(2, 2);
    }
    if (hours > 18 || minutes > 59 || (hours == 18 && minutes > 0)) {
      throw noTime();
    }
    int seconds = (hours * 60 + minutes) * 60;
    this.offset = negative ? -seconds : seconds;
  }

  private void timeOfDay() {
    if (this.at == this.text.length) {
      return;
    }
    if (next() != 'T' && next() != ' ') {
      throw noTime();
    }
    this.at++;
    this.fields[DataTimePattern.HOUR] = number(2, 2);
    literal(':');
    this.fields[DataTimePattern.MINUTE] = number(2, 2);
    if (next() == ':') {
      this.at++;
      this.fields[DataTimePattern.SECOND] = number(2, 2);
      if (next() == '.') {
        this.at++;
        fraction(1, 9);
      }
    }
    if (this.at < this.text.length) {
      offset();
    }
  }
}
