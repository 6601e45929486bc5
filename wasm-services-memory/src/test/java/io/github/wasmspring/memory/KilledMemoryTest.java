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
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with 64 writers and 64 readers that is killed loses nothing that it has acknowledged,
 * and nothing that has expired comes back. {@code -Dmemory.kills=100} kills more.
 */
@Timeout(600)
class KilledMemoryTest {

  private static final int KILLS = Integer.getInteger("memory.kills", 5);
  private static final int THREADS = 64;

  /** Each process begins that much later than the one before. */
  private static final Duration STEP = Duration.ofMinutes(60);

  @TempDir Path folder;

  /** What was acknowledged last, by key; no value where it was removed. */
  private final Map<String, Kept> acknowledged = new HashMap<>();

  private record Kept(@Nullable String value, @Nullable Instant expires) {

    static Kept by(int round, int i, Instant now) {
      return MemoryWriterProcess.isRemoval(i)
          ? new Kept(null, null)
          : new Kept(
              MemoryWriterProcess.value(round, i),
              MemoryWriterProcess.expires(i) ? now.plus(MemoryWriterProcess.TTL) : null);
    }

    @Nullable String at(Instant now) {
      return this.expires == null || this.expires.isAfter(now) ? this.value : null;
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingExpiredComesBack() throws Exception {
    Random random = new Random(11);
    try (MemoryHome home = new MemoryHome(this.folder)) {
      Instant now = AdjustableClock.START;
      for (int round = 1; round <= KILLS; round++) {
        int[] last = take(killed(home.file, now, round, 50 + random.nextInt(400)), round, now);
        Instant then = now;
        now = now.plus(STEP);
        try (AgentMemory memory = open(home, now)) {
          takeUnsaid(memory.namespace("notes"), last, round, then, now);
          assertEverythingIsThere(memory.namespace("notes"), now);
        }
        // Somebody sets the clock back while nothing runs.
        try (AgentMemory memory = open(home, AdjustableClock.START)) {
          assertEverythingIsThere(memory.namespace("notes"), now);
        }
        assertThat(home.text("PRAGMA integrity_check")).isEqualTo("ok");
      }
    }
  }

  private static AgentMemory open(MemoryHome home, Instant clock) {
    home.clock.set(clock);
    return home.open();
  }

  /** The last thing that each writer has said to be done. */
  private int[] take(List<String> said, int round, Instant then) {
    int[] last = new int[THREADS];
    for (String line : said) {
      assertThat(line).startsWith("done ");
      String[] words = line.split(" ");
      int writer = Integer.parseInt(words[1]);
      int i = Integer.parseInt(words[2]);
      assertThat(i).isEqualTo(last[writer] + 1);
      last[writer] = i;
      this.acknowledged.put(MemoryWriterProcess.key(writer, i), Kept.by(round, i, then));
    }
    return last;
  }

  /** A writer may have written one thing that it could not say any more. */
  private void takeUnsaid(MemoryNamespace notes, int[] last, int round, Instant then, Instant now) {
    for (int writer = 0; writer < THREADS; writer++) {
      String key = MemoryWriterProcess.key(writer, last[writer] + 1);
      Kept before = this.acknowledged.getOrDefault(key, new Kept(null, null));
      Kept unsaid = Kept.by(round, last[writer] + 1, then);
      String found = notes.get(key).map(StoredMemory::text).orElse(null);
      assertThat(found).as(key).isIn(before.at(now), unsaid.at(now));
      if (!Objects.equals(found, before.at(now))) {
        this.acknowledged.put(key, unsaid);
      }
    }
  }

  private void assertEverythingIsThere(MemoryNamespace notes, Instant now) {
    Map<String, String> expected = new HashMap<>();
    this.acknowledged.forEach(
        (key, kept) -> {
          String value = kept.at(now);
          if (value != null) {
            expected.put(key, value);
          }
        });
    assertThat(expected).isNotEmpty();
    Map<String, String> found = new HashMap<>();
    notes
        .recall(MemoryQuery.builder().limit(10_000).build())
        .forEach(each -> found.put(each.key(), each.text()));
    assertThat(found).isEqualTo(expected);
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
    return line.matches("done \\d+ \\d+|wrong: .*");
  }
}
