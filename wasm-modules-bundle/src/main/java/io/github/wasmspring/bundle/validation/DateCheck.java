package io.github.wasmspring.bundle.validation;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.IsoFields;

/** Dates of the years 0000 to 9999. What a year or month consists of, java.time knows. */
final class DateCheck {

  private DateCheck() {}

  static void date(byte[] text) {
    DigitReader reader = new DigitReader(text);
    fullDate(reader);
    reader.end(Reason.DATE_SYNTAX);
  }

  static void fullDate(DigitReader reader) {
    int year = reader.number(4, Reason.DATE_SYNTAX);
    reader.expect('-', Reason.DATE_SYNTAX);
    int month = reader.number(2, Reason.DATE_SYNTAX, 1, 12, Reason.DATE_MONTH);
    reader.expect('-', Reason.DATE_SYNTAX);
    int days = YearMonth.of(year, month).lengthOfMonth();
    reader.number(2, Reason.DATE_SYNTAX, 1, days, Reason.DATE_DAY);
  }

  static void weekDate(byte[] text) {
    DigitReader reader = new DigitReader(text);
    int year = reader.number(4, Reason.WEEK_DATE_SYNTAX);
    reader.expect('-', Reason.WEEK_DATE_SYNTAX);
    reader.expect('W', Reason.WEEK_DATE_SYNTAX);
    // The fourth of January is always in the first week.
    LocalDate inYear = LocalDate.of(year, 1, 4);
    int weeks = (int) IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(inYear).getMaximum();
    reader.number(2, Reason.WEEK_DATE_SYNTAX, 1, weeks, Reason.WEEK_DATE_WEEK);
    reader.expect('-', Reason.WEEK_DATE_SYNTAX);
    reader.number(1, Reason.WEEK_DATE_SYNTAX, 1, 7, Reason.WEEK_DATE_DAY);
    reader.end(Reason.WEEK_DATE_SYNTAX);
  }

  static void ordinalDate(byte[] text) {
    DigitReader reader = new DigitReader(text);
    int year = reader.number(4, Reason.ORDINAL_DATE_SYNTAX);
    reader.expect('-', Reason.ORDINAL_DATE_SYNTAX);
    int days = Year.of(year).length();
    reader.number(3, Reason.ORDINAL_DATE_SYNTAX, 1, days, Reason.ORDINAL_DATE_DAY);
    reader.end(Reason.ORDINAL_DATE_SYNTAX);
  }
}
