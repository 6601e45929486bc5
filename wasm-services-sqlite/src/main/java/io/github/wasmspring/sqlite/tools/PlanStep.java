package io.github.wasmspring.sqlite.tools;

import org.jspecify.annotations.Nullable;

/** What SQLite does at one place of a plan. */
public sealed interface PlanStep {

  /** By which way rows of a table are found. */
  enum Way {
    /** The table itself, row by row. */
    ROWS,
    /** By the row id, or the primary key of a table without one. */
    PRIMARY_KEY,
    INDEX,
    /** An index that has all columns that are needed, so that the table is not read. */
    COVERING_INDEX,
    /** An index that SQLite makes for this run alone, because there is none. */
    AUTOMATIC_INDEX,
    VIRTUAL_TABLE
  }

  /**
   * Rows of a table are read.
   *
   * @param source the table's name, or its alias in the statement
   * @param search whether some rows are looked up; else all are read
   * @param index its name, if it has one
   * @param constraint what is looked up, as SQLite writes it, such as {@code a=? AND b>?}; empty if
   *     nothing is
   */
  record Read(String source, boolean search, Way way, @Nullable String index, String constraint)
      implements PlanStep {

    /** Whether every row of the table itself is read. */
    public boolean isFullScan() {
      return !this.search && this.way == Way.ROWS;
    }
  }

  /**
   * Rows are collected in a temporary tree, to sort them or to find equal ones.
   *
   * @param purpose as SQLite writes it, such as {@code ORDER BY}
   */
  record TemporaryTree(String purpose) implements PlanStep {}

  /** Something else, such as a subquery, that {@link PlanNode#detail()} tells. */
  record Other() implements PlanStep {}
}
