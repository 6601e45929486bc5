package io.github.wasmspring.internal.file;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** What went wrong with a file, for people. */
public final class FileFailure {

  private FileFailure() {}

  /** Why it failed, without the name of the file where that is known otherwise. */
  public static String reason(Exception failure) {
    return failure.getClass() == IOException.class
        ? String.valueOf(failure.getMessage())
        : failure instanceof FileSystemException detailed && detailed.getReason() != null
            ? detailed.getReason()
            : failure.toString();
  }
}
