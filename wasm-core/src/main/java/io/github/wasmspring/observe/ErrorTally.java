package io.github.wasmspring.observe;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.observe.WasmErrorReport.Pattern;
import io.github.wasmspring.observe.WasmErrorReport.Row;
import io.github.wasmspring.observe.WasmErrorReport.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The failures of one kind. */
final class ErrorTally {

  private static final int MINUTES = 60;
  private static final int RECENT = 5;
  private static final int SECONDS = 60;
  private static final int MOST_PATTERNS = 5;
  private static final java.util.regex.Pattern QUOTED = java.util.regex.Pattern.compile("'[^']*'");
  private static final java.util.regex.Pattern NUMBER =
      java.util.regex.Pattern.compile("0x[0-9a-fA-F]+|[0-9]+");

  /** Of minute {@code m} since the epoch at {@code m % 60}. */
  private final long[] minutes = new long[MINUTES];

  private final Map<String, Seen> patterns = new LinkedHashMap<>();
  private long lastMinute;
  private long count;
  private long fallback;
  private @Nullable Instant first;
  private Instant last = Instant.EPOCH;

  private static final class Seen {
    private long count;
    private String lastMessage = "";
  }

  synchronized void count(Instant now, String message, boolean answered) {
    this.count++;
    if (answered) {
      this.fallback++;
    }
    if (this.first == null) {
      this.first = now;
      this.lastMinute = minute(now);
    }
    this.last = now;
    forgetBefore(minute(now));
    this.minutes[(int) (minute(now) % MINUTES)]++;
    String pattern = pattern(message);
    if (this.patterns.containsKey(pattern) || this.patterns.size() < MOST_PATTERNS) {
      Seen seen = this.patterns.computeIfAbsent(pattern, any -> new Seen());
      seen.count++;
      seen.lastMessage = message;
    }
  }

  private static long minute(Instant now) {
    return now.getEpochSecond() / SECONDS;
  }

  /** A clock that goes back counts on in the minute that it knows. */
  private void forgetBefore(long minute) {
    if (minute - this.lastMinute >= MINUTES) {
      Arrays.fill(this.minutes, 0);
    } else {
      for (long each = this.lastMinute + 1; each <= minute; each++) {
        this.minutes[(int) (each % MINUTES)] = 0;
      }
    }
    this.lastMinute = Math.max(this.lastMinute, minute);
  }

  private static String pattern(String message) {
    return NUMBER.matcher(QUOTED.matcher(message).replaceAll("'…'")).replaceAll("#");
  }

  synchronized Row row(
      String module, String version, String operation, WasmErrorCategory category, Instant now) {
    forgetBefore(minute(now));
    List<Long> hour = new ArrayList<>();
    for (int i = 1; i <= MINUTES; i++) {
      hour.add(this.minutes[(int) ((this.lastMinute + i) % MINUTES)]);
    }
    return new Row(
        module,
        version,
        operation,
        category,
        category.severity(),
        this.count,
        this.fallback,
        this.first == null ? now : this.first,
        this.last,
        trend(hour),
        List.copyOf(hour),
        this.patterns.entrySet().stream()
            .map(
                each ->
                    new Pattern(each.getKey(), each.getValue().count, each.getValue().lastMessage))
            .sorted(Comparator.comparingLong(Pattern::count).reversed())
            .toList());
  }

  private static Trend trend(List<Long> hour) {
    double recent = mean(hour.subList(MINUTES - RECENT, MINUTES));
    double before = mean(hour.subList(0, MINUTES - RECENT));
    if (recent == 0) {
      return Trend.OVER;
    }
    if (recent >= 2 * before) {
      return Trend.RISING;
    }
    return 2 * recent <= before ? Trend.FALLING : Trend.STEADY;
  }

  private static double mean(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).average().orElse(0);
  }
}
