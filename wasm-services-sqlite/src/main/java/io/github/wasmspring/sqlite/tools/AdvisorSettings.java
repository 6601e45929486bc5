package io.github.wasmspring.sqlite.tools;

import java.time.Duration;

/**
 * How far an advisor goes.
 *
 * @param databaseBytes the biggest database that is copied to try indexes on
 * @param statement how long one run of a statement may take; what takes longer counts up to there
 * @param total how long all of it may take; what has been found by then is the advice
 * @param leastGain the least share of a statement's cost that an index must save, from 0 to 1
 * @param indexes the most that are advised
 */
public record AdvisorSettings(
    long databaseBytes, Duration statement, Duration total, double leastGain, int indexes) {

  /** 1 GB, 5 s, 2 minutes, a fifth, and 8 indexes. */
  public static final AdvisorSettings DEFAULTS =
      new AdvisorSettings(1L << 30, Duration.ofSeconds(5), Duration.ofMinutes(2), 0.2, 8);

  /**
   * @throws IllegalArgumentException if a limit is not positive, or the share not below 1
   */
  public AdvisorSettings {
    boolean limits =
        databaseBytes > 0
            && statement.compareTo(Duration.ZERO) > 0
            && total.compareTo(Duration.ZERO) > 0
            && indexes > 0;
    if (!limits || !(leastGain > 0 && leastGain < 1)) {
      throw new IllegalArgumentException(
          "The limits of an advisor are positive, and leastGain is between 0 and 1, but not "
              + "databaseBytes=%d, statement=%s, total=%s, leastGain=%s, indexes=%d"
                  .formatted(databaseBytes, statement, total, leastGain, indexes));
    }
  }
}
