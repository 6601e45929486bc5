package io.github.wasmspring.sqlite.tools;

/**
 * Is told how far a backup has come, on the thread that makes it; others can write meanwhile, but
 * in the last attempt, so it should not take long.
 */
@FunctionalInterface
public interface BackupProgress {

  /**
   * @param copied bytes; fewer than before where the copy begins again
   * @param total bytes of the database
   * @return {@code false} to give the backup up
   */
  boolean copied(long copied, long total);
}
