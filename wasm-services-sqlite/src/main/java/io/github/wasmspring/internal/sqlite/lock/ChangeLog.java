package io.github.wasmspring.internal.sqlite.lock;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables were written, as far as guests of this process did it. A change by anybody else is a
 * gap in the counter, before which nothing is known. Safe for use by several threads.
 */
public final class ChangeLog {

  /** All changes after this one are known. */
  private long since;

  private long last;
  private final Map<String, Long> written = new HashMap<>();

  public ChangeLog(long counter) {
    this.since = counter;
    this.last = counter;
  }

  /**
   * A transaction of ours has ended.
   *
   * @param tables that it may have written, {@code null} for any
   */
  public synchronized void ended(long before, long after, @Nullable Set<String> tables) {
    if (after == before) {
      return;
    }
    if (tables == null || after != before + 1) {
      forget(after);
      return;
    }
    if (before != this.last) {
      forget(before);
    }
    this.last = after;
    for (String table : tables) {
      this.written.put(table, after);
    }
  }

  /** Nothing is known of what was before this. */
  public synchronized void forget(long counter) {
    this.since = counter;
    this.last = counter;
    this.written.clear();
  }

  /** Whether nobody can have written any of the tables between two states of one origin. */
  public synchronized boolean isUnchanged(
      DatabaseVersion then, DatabaseVersion now, Set<String> tables) {
    if (then.equals(now)) {
      return true;
    }
    return then.origin() == now.origin()
        && then.schema() == now.schema()
        && then.counter() >= this.since
        && now.counter() == this.last
        && then.counter() <= now.counter()
        && tables.stream()
            .allMatch(table -> this.written.getOrDefault(table, -1L) <= then.counter());
  }
}
