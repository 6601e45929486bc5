package io.github.wasmspring.sqlite.tools;

import java.time.Duration;
import java.util.List;

/**
 * Which indexes to create. All of it was measured on a copy, with the values that were given.
 *
 * @param indexes the most useful first; what each gains is beside those before it
 * @param complete whether all was tried in the time that there was
 * @param tried how many indexes were tried
 */
public record IndexAdvice(List<Suggestion> indexes, boolean complete, int tried) {

  public IndexAdvice {
    indexes = List.copyOf(indexes);
  }

  /**
   * An index to create.
   *
   * @param sql that creates it
   * @param reason what the plans do now, and what they would do
   * @param gains statements whose cost changes with it
   * @param bytes that the index has
   * @param build how long it took to create
   */
  public record Suggestion(
      String sql,
      String table,
      List<String> columns,
      String reason,
      List<Gain> gains,
      long bytes,
      Duration build) {

    public Suggestion {
      columns = List.copyOf(columns);
      gains = List.copyOf(gains);
    }
  }

  /**
   * What an index changes for a statement. Steps of SQLite's machine are the same each time; times
   * are not.
   *
   * @param stepsBefore at least so many, if the statement took longer than it may
   */
  public record Gain(
      String sql,
      long stepsBefore,
      long stepsAfter,
      Duration before,
      Duration after,
      QueryPlan planBefore,
      QueryPlan planAfter) {}
}
