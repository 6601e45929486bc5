package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with 64 writers and 64 readers that is killed loses nothing that it has acknowledged,
 * and nothing that has expired comes back. {@code -Dmemory.kills=100} kills more.
 */
@Tag("once")
@Timeout(600)
class KilledMemoryTest {

  private static final int KILLS = Integer.getInteger("memory.kills", 3);
  private static final int THREADS = 64;

  /** Each process begins that much later than the one before. */
  private static final Duration STEP = Duration.ofMinutes(60);

  @TempDir Path folder;

  /** What was acknowledged last, by key; no value where it was removed. */
  private final Map<String, Kept> acknowledged = new HashMap<>();

  /**
   * @param value {@code null} if there is none
   * @param from the earliest time that it may expire
   * @param to the latest
   */
  private record Kept(@Nullable String value, long from, long to) {

    static final Kept NOTHING = new Kept(null, Long.MAX_VALUE, Long.MAX_VALUE);

    static Kept by(int round, int i, long before, long after) {
      String value = MemoryWriterProcess.value(round, i);
      long ttl = MemoryWriterProcess.TTL.toMillis();
      return MemoryWriterProcess.isRemoval(i)
          ? NOTHING
          : MemoryWriterProcess.expires(i)
              ? new Kept(value, before + ttl, after + ttl)
              : new Kept(value, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Whether this may be what is found at a time. */
    boolean allows(@Nullable StoredMemory found, long now) {
      if (found == null) {
        return this.value == null || this.from <= now;
      }
      Instant expires = found.expires();
      return found.text().equals(this.value)
          && this.to > now
          && (expires == null || expires.toEpochMilli() > now);
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingExpiredComesBack() throws Exception {
    Random random = new Random(11);
    try (MemoryHome home = new MemoryHome(this.folder)) {
      Instant now = AdjustableClock.START;
      long expired = 0;
      for (int round = 1; round <= KILLS; round++) {
        List<String> said = killed(home.file, now, round, 200 + random.nextInt(300));
        int[] last = new int[THREADS];
        long written = take(said, last, round);
        // Somebody sets the clock back before the next process begins.
        Map<String, StoredMemory> found = new HashMap<>();
        home.clock.set(AdjustableClock.START.minus(STEP));
        try (AgentMemory memory = home.open()) {
          memory
              .namespace("notes")
              .recall(MemoryQuery.builder().limit(10_000).build())
              .forEach(each -> found.put(each.key(), each));
        }
        long clock = Long.parseLong(home.text("SELECT clock FROM wasm_memory_store"));
        assertThat(clock).isGreaterThanOrEqualTo(written);
        takeUnsaid(found, last, round);
        assertEverythingIsThere(found, clock);
        assertThat(home.text("PRAGMA integrity_check")).isEqualTo("ok");
        expired += this.acknowledged.values().stream().filter(kept -> kept.to() <= clock).count();
        now = Instant.ofEpochMilli(clock).plus(STEP);
      }
      // Else the clock that was set back would have had nothing to bring back.
      assertThat(expired).isPositive();
    }
  }

  /**
   * The last thing that each writer has said to be done.
   *
   * @return a time that something was written after
   */
  private long take(List<String> said, int[] last, int round) {
    long written = 0;
    for (String line : said) {
      assertThat(line).startsWith("done ");
      String[] words = line.split(" ");
      int writer = Integer.parseInt(words[1]);
      int i = Integer.parseInt(words[2]);
      long before = Long.parseLong(words[3]);
      assertThat(i).isEqualTo(last[writer] + 1);
      last[writer] = i;
      this.acknowledged.put(
          MemoryWriterProcess.key(writer, i), Kept.by(round, i, before, Long.parseLong(words[4])));
      if (!MemoryWriterProcess.isRemoval(i)) {
        written = Math.max(written, before);
      }
    }
    return written;
  }

  /** A writer may have written one thing that it could not say any more. */
  private void takeUnsaid(Map<String, StoredMemory> all, int[] last, int round) {
    for (int writer = 0; writer < THREADS; writer++) {
      int i = last[writer] + 1;
      String key = MemoryWriterProcess.key(writer, i);
      StoredMemory found = all.get(key);
      boolean mayBeGone = MemoryWriterProcess.isRemoval(i) || MemoryWriterProcess.expires(i);
      if (found == null && mayBeGone) {
        this.acknowledged.put(key, Kept.NOTHING);
      } else if (found != null && found.text().equals(MemoryWriterProcess.value(round, i))) {
        Instant expires = found.expires();
        long at = expires == null ? Long.MAX_VALUE : expires.toEpochMilli();
        this.acknowledged.put(key, new Kept(found.text(), at, at));
      }
    }
  }

  private void assertEverythingIsThere(Map<String, StoredMemory> found, long clock) {
    assertThat(found).isNotEmpty();
    assertThat(this.acknowledged.keySet()).containsAll(found.keySet());
    this.acknowledged.forEach(
        (key, kept) ->
            assertThat(kept.allows(found.get(key), clock))
                .as("%s at %d: %s, found %s", key, clock, kept, found.get(key))
                .isTrue());
  }

  /** The lines that a process has said until it was killed. */
  private static List<String> killed(Path file, Instant now, int round, int lines)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Dlogback.configurationFile=none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MemoryWriterProcess.class.getName(),
                    file.toString(),
                    now.toString(),
                    Integer.toString(THREADS),
                    Integer.toString(THREADS),
                    Integer.toString(round)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null) {
        if (isWhole(line)) {
          said.add(line);
        }
        if (said.size() == lines) {
          // Unlike Process.destroyForcibly it leaves what was written to be read.
          process.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
      assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
      return said;
    } catch (UncheckedIOException closed) {
      throw closed.getCause();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The log writes there too. */
  private static boolean isWhole(String line) {
    return line.matches("done \\d+ \\d+ \\d+ \\d+|wrong: .*");
  }
}
