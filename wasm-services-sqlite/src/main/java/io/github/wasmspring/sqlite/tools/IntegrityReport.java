package io.github.wasmspring.sqlite.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a database.
 *
 * @param problems in SQLite's words: damage of the file, and rows that break {@code NOT NULL},
 *     {@code UNIQUE} or {@code CHECK}
 * @param orphans rows whose foreign keys point nowhere
 * @param complete whether that is all; else there may be more than was asked for
 */
public record IntegrityReport(List<String> problems, List<Orphan> orphans, boolean complete) {

  public IntegrityReport {
    problems = List.copyOf(problems);
    orphans = List.copyOf(orphans);
  }

  /**
   * A row that refers to one that is not there.
   *
   * @param row its row id, {@code null} if the table has none
   * @param parent the table that it refers to
   * @param key which foreign key of the table, as {@code PRAGMA foreign_key_list} counts
   */
  public record Orphan(String table, @Nullable Long row, String parent, int key) {}

  public boolean isGood() {
    return this.problems.isEmpty() && this.orphans.isEmpty();
  }
}
