package io.github.wasmspring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.runtime.WasmRuntime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Time zones by name are what {@code java.time} says of them. */
class TimeZonesTest {

  private static final Instant FIRST = Instant.parse("0000-01-03T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-29T00:00:00Z");
  private static final DateTimeFormatter PATTERN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DataSchema SCHEMA =
      DataSchema.builder().timestamp("at").text("local").build();

  /** Where rules changed often, are by halves of an hour, skip a day, or go the other way. */
  private static final List<String> HARD =
      List.of(
          "Europe/Berlin",
          "Europe/Dublin",
          "Africa/Casablanca",
          "Africa/Monrovia",
          "America/New_York",
          "America/St_Johns",
          "Antarctica/Troll",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "UTC",
          "+05:30");

  private final WasmRuntime runtime = WasmRuntime.withInstalledModules();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private DataProcessor processor(WasmExecutionMode mode) {
    return DataProcessor.of(
        this.runtime.manager(), DataSettings.DEFAULTS.withExecutionMode(mode).withChunkRows(500));
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules) {
    List<ZoneOffsetTransition> changes = new ArrayList<>(rules.getTransitions());
    for (int year : new int[] {2040, 2399, 2500, 9000, 9998}) {
      for (var rule : rules.getTransitionRules()) {
        changes.add(rule.createTransition(year));
      }
    }
    return changes;
  }

  private static List<Map<String, Object>> rows(ZoneRules rules, Random random) {
    List<Instant> instants = new ArrayList<>();
    List<LocalDateTime> locals = new ArrayList<>();
    for (ZoneOffsetTransition change : changes(rules)) {
      for (long micros : new long[] {-1, 0, 1}) {
        instants.add(change.getInstant().plus(micros, ChronoUnit.MICROS));
        locals.add(change.getDateTimeBefore().plus(micros, ChronoUnit.MICROS));
        locals.add(change.getDateTimeAfter().plus(micros, ChronoUnit.MICROS));
      }
      locals.add(change.getDateTimeBefore().plusMinutes(random.nextInt(90)));
    }
    for (int each = 0; each < 100; each++) {
      long span = each % 2 == 0 ? LAST.getEpochSecond() - FIRST.getEpochSecond() : 1L << 32;
      long from = each % 2 == 0 ? FIRST.getEpochSecond() : -(1L << 31);
      Instant instant =
          Instant.ofEpochSecond(
              from + (long) (random.nextDouble() * span), random.nextInt(1_000_000) * 1000L);
      instants.add(instant);
      locals.add(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int each = 0; each < locals.size(); each++) {
      rows.add(
          Map.of(
              "at",
              instants.get(each % instants.size()),
              "local",
              PATTERN.format(locals.get(each))));
    }
    return rows;
  }

  private static Map<String, Object> expected(Map<String, Object> row, ZoneId zone) {
    ZonedDateTime local = ((Instant) row.get("at")).atZone(zone);
    LocalDateTime read = LocalDateTime.parse((String) row.get("local"), PATTERN);
    return Map.of(
        "day",
        local.toLocalDate(),
        "h",
        (long) local.getHour(),
        "m",
        (long) local.getMinute(),
        "s",
        (long) local.getSecond(),
        "y",
        (long) local.getYear(),
        "month",
        local.toLocalDate().withDayOfMonth(1),
        "instant",
        read.atZone(zone).toInstant(),
        "begin",
        local.toLocalDate().atTime(0, 0).atZone(zone).toInstant());
  }

  private static void check(DataProcessor data, String zone, Random random) {
    List<Map<String, Object>> rows = rows(ZoneId.of(zone).getRules(), random);
    List<Map<String, Object>> found =
        data.from(SCHEMA, rows)
            .derive("day", "date(at, '" + zone + "')")
            .derive("h", "hour(at, '" + zone + "')")
            .derive("m", "minute(at, '" + zone + "')")
            .derive("s", "second(at, '" + zone + "')")
            .derive("y", "year(at, '" + zone + "')")
            .derive("month", "month_start(at, '" + zone + "')")
            .derive("instant", "timestamp(local, 'yyyy-MM-dd HH:mm:ss.SSSSSS', '" + zone + "')")
            .derive("begin", "timestamp(day, '" + zone + "')")
            .drop("at", "local")
            .toMaps();
    for (int each = 0; each < rows.size(); each++) {
      assertThat(found.get(each))
          .as("%s: %s", zone, rows.get(each))
          .isEqualTo(expected(rows.get(each), ZoneId.of(zone)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void asJavaTime(WasmExecutionMode mode) {
    DataProcessor data = processor(mode);
    Random random = new Random(12);
    HARD.forEach(zone -> check(data, zone, random));
    List<String> names = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    for (int each = random.nextInt(12); each < names.size(); each += 12) {
      check(data, names.get(each), random);
    }
    assertThat(mode == WasmExecutionMode.WASM ? data.javaStages() : data.wasmStages()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"WASM", "JAVA"})
  void whatLeavesTheYearsIsAnError(WasmExecutionMode mode) {
    DataPipeline rows =
        processor(mode)
            .from(
                DataSchema.builder().timestamp("at").date("day").build(),
                List.of(
                    Map.of(
                        "at",
                        Instant.parse("9999-12-31T23:30:00Z"),
                        "day",
                        LocalDate.of(0, 1, 1))));
    assertThatThrownBy(() -> rows.derive("h", "hour(at, 'Europe/Berlin')").toMaps())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Row 1, 'h': the date is not of the years");
    assertThatThrownBy(() -> rows.derive("t", "timestamp(day, 'Asia/Tokyo')").toMaps())
        .isInstanceOf(DataException.class);
    assertThat(rows.derive("h", "try(hour(at, '+00:30'))").select("h").toMaps().toString())
        .isEqualTo("[{h=null}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "hour(at, 'Berlin')|there is no time zone 'Berlin'",
        "hour(at, local)|the time zone is a text",
        "hour(at, 1)|the time zone is a text",
        "hour(at, '')|there is no time zone ''",
        "hour(at, '+99:00')|there is no time zone '+99:00'",
        "year(date(at), 'UTC')|only instants are in a time zone, but there is DATE",
        "hour(local, 'UTC')|TIMESTAMP is needed, but there is TEXT",
        "hour(at, 'UTC', 1)|'hour' takes 1 to 2 arguments, not 3",
        "timestamp(local, 'yyyy-MM-dd HH:mmX', 'UTC')|the pattern has an offset",
        "date(local, 'yyyy', 'UTC')|'date' takes 1 to 2 arguments, not 3",
        "timestamp(at, 'UTC', 'UTC')|TEXT is needed, but there is TIMESTAMP",
      })
  void whatIsNoZoneIsRefused(String expression, String message) {
    DataPipeline rows = processor(WasmExecutionMode.WASM).from(SCHEMA, List.of());
    assertThatThrownBy(() -> rows.derive("x", expression))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aNullIsInNoZone() {
    List<Map<String, Object>> found =
        processor(WasmExecutionMode.WASM)
            .from(SCHEMA, List.of(Map.of()))
            .derive("h", "hour(at, 'Asia/Tokyo')")
            .derive("y", "year(null, 'Asia/Tokyo')")
            .derive("t", "timestamp(local, 'yyyy', 'Asia/Tokyo')")
            .select("h", "y", "t")
            .toMaps();
    assertThat(found.toString()).isEqualTo("[{h=null, y=null, t=null}]");
  }
}
