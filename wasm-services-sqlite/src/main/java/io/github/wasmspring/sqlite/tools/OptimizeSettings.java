package io.github.wasmspring.sqlite.tools;

/**
 * What {@link SqliteTools#optimise} does.
 *
 * @param analyze what statistics are made, by which SQLite chooses plans
 * @param vacuum how free pages are given back
 */
public record OptimizeSettings(Analyze analyze, Vacuum vacuum) {

  /** Statistics where SQLite thinks that they help, and the file as it is. */
  public static final OptimizeSettings DEFAULTS =
      new OptimizeSettings(Analyze.WHERE_IT_HELPS, Vacuum.NONE);

  /** What statistics are made. */
  public enum Analyze {
    NONE,
    /** {@code PRAGMA optimize}: tables that have changed much, a part of their rows. */
    WHERE_IT_HELPS,
    /** {@code ANALYZE}: all rows of all tables. */
    ALL
  }

  /** How free pages are given back. */
  public enum Vacuum {
    NONE,
    /** Those that are free; the database must have {@code auto_vacuum=incremental}. */
    INCREMENTAL,
    /**
     * The whole file is written anew, in the memory of the guest first: {@code memory_limit} must
     * be above its size. Nobody else reads or writes meanwhile.
     */
    FULL
  }
}
