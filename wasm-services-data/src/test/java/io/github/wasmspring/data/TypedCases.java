package io.github.wasmspring.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Expressions of every type, over rows with the values that are hardest. */
final class TypedCases {

  static final DataSchema SCHEMA =
      DataSchema.builder()
          .integer("i")
          .integer("j")
          .number("n")
          .number("m")
          .decimal("d", 2)
          .decimal("w", 20)
          .text("s")
          .text("t")
          .date("day")
          .timestamp("at")
          .bool("q")
          .build();

  private static final Long[] INTEGERS = {
    0L, 1L, -1L, 2L, 10L, -7L, 86_400L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, 4_294_967_296L
  };
  private static final Double[] DOUBLES = {
    0.0,
    -0.0,
    0.5,
    -1.5,
    2.5,
    1e-300,
    1e300,
    -1e38,
    9.2e18,
    123456.789,
    Double.MIN_VALUE,
    1e22,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    4503599627370497.5
  };
  private static final String[] DECIMALS = {
    "0", "0.01", "-0.05", "1.5", "-99.99", "12345678901234567890.12", "7", "2.50"
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "Ab",
    "aa",
    "ÄÖüß",
    "ıİſK",
    "日本語",
    "a😀b",
    "\uFFFD",
    "\u0000x",
    "x\u0000",
    "ﬀ",
    "\uD800",
    " 12 ",
    "+7",
    "-0",
    "12.345",
    ".5",
    "5.",
    "1e5",
    "-1E-3",
    "1e999",
    "9223372036854775808",
    "true",
    " FALSE ",
    "1",
    "2026-11-30",
    "0000-01-01",
    "9999-12-31",
    "2024-02-29",
    "2023-02-29",
    "2026-11-30T13:14:15.123456Z",
    "2026-11-30 23:59+02:00",
    "2026-1-3",
    "30.11.2026",
    "99999999999999999999999999999999999999.5",
    "NaN",
    "0x10",
    "12345678901234567890123456789012345678901234567890",
    "\tb\n",
    "%",
    "_a%"
  };

  private final Random random;

  TypedCases(long seed) {
    this.random = new Random(seed);
  }

  private int upTo(int most) {
    return this.random.nextInt(most);
  }

  @SafeVarargs
  private <T> T of(T... choices) {
    return choices[upTo(choices.length)];
  }

  List<Map<String, Object>> rows(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int each = 0; each < count; each++) {
      Map<String, Object> row = new HashMap<>();
      row.put("i", maybe(of(INTEGERS)));
      row.put("j", maybe((long) upTo(100) - 50));
      row.put("n", maybe(of(DOUBLES)));
      row.put("m", maybe(this.random.nextGaussian() * 1000));
      row.put("d", maybe(new BigDecimal(of(DECIMALS)).setScale(2)));
      row.put("w", maybe(new BigDecimal(new BigInteger(126 - upTo(120), this.random), 20)));
      row.put("s", maybe(of(TEXTS)));
      row.put("t", maybe(of(TEXTS)));
      row.put("day", maybe(LocalDate.ofEpochDay(upTo(3_652_424) - 719_528)));
      row.put("at", maybe(Instant.ofEpochSecond(this.random.nextInt(), upTo(1_000_000) * 1000L)));
      row.put("q", maybe(upTo(2) == 0));
      rows.add(row);
    }
    return rows;
  }

  private Object maybe(Object value) {
    return upTo(8) == 0 ? null : value;
  }

  String any(int depth) {
    return switch (upTo(7)) {
      case 0 -> integer(depth);
      case 1 -> number(depth);
      case 2 -> decimal(depth);
      case 3 -> text(depth);
      case 4 -> date(depth);
      case 5 -> time(depth);
      default -> truth(depth);
    };
  }

  private String guarded(String expression) {
    // Most errors are to be seen as nulls, so that other rows are compared.
    return upTo(8) == 0 ? expression : "try(" + expression + ")";
  }

  String integer(int depth) {
    if (depth == 0) {
      return of("i", "j", "3", "-9223372036854775807", "0");
    }
    int d = depth - 1;
    return guarded(
        switch (upTo(12)) {
          case 0, 1 -> "(" + integer(d) + of(" + ", " - ", " * ", " / ", " % ") + integer(d) + ")";
          case 2 -> of("-", "abs") + "(" + integer(d) + ")";
          case 3 -> "integer(" + of(number(d), decimal(d), text(d)) + ")";
          case 4 -> "length(" + text(d) + ")";
          case 5 ->
              of("year", "quarter", "month", "day", "day_of_week")
                  + "("
                  + of(date(d), time(d))
                  + ")";
          case 6 -> of("hour", "minute", "second") + "(" + time(d) + of("", zone()) + ")";
          case 7 -> "(" + date(d) + " - " + date(d) + ")";
          case 8 -> "coalesce(" + integer(d) + ", " + integer(d) + ")";
          case 9 -> "nullif(" + integer(d) + ", " + integer(0) + ")";
          default -> "if(" + truth(d) + ", " + integer(d) + ", " + integer(d) + ")";
        });
  }

  String number(int depth) {
    if (depth == 0) {
      return of("n", "m", "2e0", "-1e-2");
    }
    int d = depth - 1;
    return guarded(
        switch (upTo(7)) {
          case 0, 1 ->
              "("
                  + number(d)
                  + of(" + ", " - ", " * ", " / ")
                  + of(number(d), integer(d), decimal(d))
                  + ")";
          case 2 -> of("-", "abs", "round", "floor", "ceil", "sqrt") + "(" + number(d) + ")";
          case 3 -> "double(" + of(integer(d), decimal(d), text(d)) + ")";
          case 4 -> "round(" + number(d) + ", " + upTo(6) + ")";
          case 5 -> "(" + decimal(d) + " / " + decimal(d) + ")";
          default -> "if(" + truth(d) + ", " + number(d) + ", null)";
        });
  }

  String decimal(int depth) {
    if (depth == 0) {
      return of("d", "d", "w", "1.005", "-0.5");
    }
    int d = depth - 1;
    return guarded(
        switch (upTo(8)) {
          case 0, 1 -> "(" + decimal(d) + of(" + ", " - ") + of(decimal(d), integer(d)) + ")";
          case 2 -> "(" + decimal(0) + " * " + of(decimal(0), integer(d)) + ")";
          case 3 -> of("-", "abs") + "(" + decimal(d) + ")";
          case 4 ->
              "decimal(" + of(integer(d), number(d), decimal(d), text(d)) + ", " + upTo(12) + ")";
          case 5 -> "round(" + decimal(d) + ", " + upTo(5) + ")";
          case 6 -> "coalesce(" + decimal(d) + ", " + decimal(d) + ")";
          default -> "if(" + truth(d) + ", " + decimal(d) + ", " + decimal(d) + ")";
        });
  }

  String text(int depth) {
    if (depth == 0) {
      return of("s", "t", "'b'", "''", "'ÄÖ'");
    }
    int d = depth - 1;
    return guarded(
        switch (upTo(9)) {
          case 0 -> "(" + text(d) + " || " + text(d) + ")";
          case 1 -> of("upper", "lower", "trim", "ltrim", "rtrim") + "(" + text(d) + ")";
          case 2 -> "substr(" + text(d) + ", " + integer(d) + ", " + integer(d) + ")";
          case 3 -> "replace(" + text(d) + ", " + text(0) + ", " + text(0) + ")";
          case 4 -> "text(" + of(integer(d), decimal(d), date(d), time(d), truth(d)) + ")";
          case 5 -> "coalesce(" + text(d) + ", " + text(d) + ")";
          case 6 -> "substr(" + text(d) + ", " + upTo(4) + ")";
          case 7 -> "if(" + truth(d) + ", " + text(d) + ", null)";
          default ->
              "case when " + truth(d) + " then " + text(d) + " when " + truth(d) + " then 'z' end";
        });
  }

  private String zone() {
    return of(", 'America/New_York'", ", 'Australia/Lord_Howe'", ", '-11:30'");
  }

  String date(int depth) {
    if (depth == 0) {
      return of("day", "date('2024-02-29')");
    }
    int d = depth - 1;
    return guarded(
        switch (upTo(7)) {
          case 6 -> "date(" + time(d) + zone() + ")";
          case 0 -> "(" + date(d) + of(" + ", " - ") + integer(d) + ")";
          case 1 -> "date(" + of(text(d), time(d)) + ")";
          case 2 -> "date(" + text(d) + ", " + of("'dd.MM.yyyy'", "'yyyy-M-d'", "'d.M.yyyy'") + ")";
          case 3 -> of("year_start", "month_start") + "(" + of(date(d), time(d)) + ")";
          default -> "coalesce(" + date(d) + ", " + date(d) + ")";
        });
  }

  String time(int depth) {
    if (depth == 0) {
      return of("at", "timestamp('2026-11-30T12:00:00.5+01:00')");
    }
    int d = depth - 1;
    return guarded(
        switch (upTo(6)) {
          case 4 -> "timestamp(" + date(d) + zone() + ")";
          case 5 -> "timestamp(" + text(d) + ", 'yyyy-MM-dd'" + zone() + ")";
          case 0 -> "timestamp(" + of(text(d), date(d)) + ")";
          case 1 -> "timestamp(" + text(d) + ", 'yyyy-MM-dd''T''HH:mm:ss.SSSSSSX')";
          case 2 -> "coalesce(" + time(d) + ", " + date(d) + ")";
          default -> "if(" + truth(d) + ", " + time(d) + ", " + time(d) + ")";
        });
  }

  String truth(int depth) {
    if (depth == 0) {
      return of("q", "true", "(i > 0)");
    }
    int d = depth - 1;
    String relation = of(" = ", " <> ", " < ", " <= ", " > ", " >= ");
    return guarded(
        switch (upTo(13)) {
          case 10 ->
              "("
                  + of(
                      integer(d) + " in (-7, 3, 9223372036854775807)",
                      integer(d) + " in (1, 2, null)",
                      text(d) + " in ('', 'ÄÖ', 'b', '😀')",
                      text(d) + " not in ('x', null)")
                  + ")";
          case 11 ->
              "("
                  + of(
                      date(d) + " in ('2024-02-29', '1999-12-31')",
                      time(d) + " in ('2026-11-30T11:00:00.5Z', '2000-01-01')",
                      decimal(0) + " in (1, 0.5, null)",
                      number(d) + " in (0, 2.5, 1e300)",
                      truth(d) + " in (true, null)")
                  + ")";
          case 0 -> "(" + truth(d) + of(" and ", " or ") + truth(d) + ")";
          case 1 -> "(not " + truth(d) + ")";
          case 2 -> "(" + integer(d) + relation + of(integer(d), number(d), decimal(0)) + ")";
          case 3 -> "(" + number(d) + relation + of(number(d), decimal(d)) + ")";
          case 4 -> "(" + decimal(0) + relation + decimal(0) + ")";
          case 5 -> "(" + text(d) + relation + text(d) + ")";
          case 6 ->
              "(" + of(date(d), time(d)) + relation + of(date(d), time(d), "'2000-01-01'") + ")";
          case 7 -> "(" + any(d) + of(" is null", " is not null") + ")";
          case 8 ->
              of("contains", "starts_with", "ends_with") + "(" + text(d) + ", " + text(0) + ")";
          case 9 -> "(" + text(d) + " like " + of(text(0), "'%a_'", "'_'", "'%😀%'") + ")";
          default -> "boolean(" + text(d) + ")";
        });
  }
}
