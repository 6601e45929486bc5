package io.github.wasmspring.memory;

import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes and reads with many threads until it is killed. Each writer does one thing after the
 * other, and says {@code done WRITER NUMBER BEFORE AFTER} when it is acknowledged, with what the
 * time was before and after; {@code wrong …} is said of what must not be. With each thing that is
 * done a minute goes by.
 */
final class MemoryWriterProcess {

  static final Duration TTL = Duration.ofMinutes(10);
  private static final int KEYS = 4;

  private MemoryWriterProcess() {}

  /** Which key the i-th thing is about that a writer does, beginning with 1. */
  static String key(int writer, int i) {
    return "w" + writer + "k" + i % KEYS;
  }

  /** Whether it removes the entry. */
  static boolean isRemoval(int i) {
    return i % KEYS == 2 && i / KEYS % 2 == 1;
  }

  /** Whether it puts an entry that expires. */
  static boolean expires(int i) {
    return i % KEYS == 1;
  }

  static String value(int round, int i) {
    return round + "." + i + ".".repeat(i % 700);
  }

  /** A file, the time, how many writers and readers, and which round it is. */
  public static void main(String[] arguments) {
    AdjustableClock clock = new AdjustableClock();
    clock.set(Instant.parse(arguments[1]));
    int writers = Integer.parseInt(arguments[2]);
    int readers = Integer.parseInt(arguments[3]);
    int round = Integer.parseInt(arguments[4]);
    MemoryNamespace notes =
        AgentMemory.builder(WasmRuntime.withInstalledModules().manager())
            .location(Path.of(arguments[0]))
            .clock(clock)
            .purgeInterval(Duration.ofMillis(50))
            .open()
            .namespace("notes");
    for (int writer = 0; writer < writers; writer++) {
      int number = writer;
      new Thread(() -> write(notes, clock, number, round)).start();
    }
    for (int reader = 0; reader < readers; reader++) {
      new Thread(() -> read(notes, clock, writers)).start();
    }
  }

  private static void write(MemoryNamespace notes, AdjustableClock clock, int writer, int round) {
    for (int i = 1; true; i++) {
      String key = key(writer, i);
      clock.advance(Duration.ofMinutes(1));
      long before = clock.millis();
      if (isRemoval(i)) {
        notes.remove(key);
      } else {
        MemoryEntry entry = MemoryEntry.text(key, value(round, i)).withTags("w" + writer);
        notes.put(expires(i) ? entry.withTtl(TTL) : entry);
      }
      say("done " + writer + " " + i + " " + before + " " + clock.millis());
    }
  }

  private static void read(MemoryNamespace notes, AdjustableClock clock, int writers) {
    while (true) {
      Instant now = clock.instant();
      String tag = "w" + ThreadLocalRandom.current().nextInt(writers);
      for (StoredMemory found : notes.recall(MemoryQuery.builder().allTags(tag).build())) {
        Instant expires = found.expires();
        if (expires != null && !expires.isAfter(now)) {
          say("wrong: " + found.key() + " expired " + expires + " and is there at " + now);
        }
      }
    }
  }

  /** A whole line at once, so that a kill leaves no mixture. */
  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
