package io.github.wasmspring.sqlite.tools;

/**
 * How a backup is made.
 *
 * @param overwrite whether a file of that name is replaced, once the copy is complete
 * @param verify whether SQLite looks the copy through before it gets its name
 * @param progress is told how far it has come, and can give it up
 */
public record BackupSettings(boolean overwrite, boolean verify, BackupProgress progress) {

  /** Replaces nothing, verifies, and tells nobody. */
  public static final BackupSettings DEFAULTS =
      new BackupSettings(false, true, (copied, total) -> true);

  public BackupSettings withOverwrite(boolean overwrite) {
    return new BackupSettings(overwrite, this.verify, this.progress);
  }

  public BackupSettings withVerify(boolean verify) {
    return new BackupSettings(this.overwrite, verify, this.progress);
  }

  public BackupSettings withProgress(BackupProgress progress) {
    return new BackupSettings(this.overwrite, this.verify, progress);
  }
}
