package io.github.wasmspring.sqlite.tools;

import java.time.Duration;
import java.util.List;

/**
 * What became of a database.
 *
 * @param analyzed tables for which there are statistics afterwards
 */
public record OptimizeReport(
    DatabaseSize before, DatabaseSize after, List<String> analyzed, Duration duration) {

  public OptimizeReport {
    analyzed = List.copyOf(analyzed);
  }
}
