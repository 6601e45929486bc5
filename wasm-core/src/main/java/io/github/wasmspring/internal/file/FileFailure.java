package io.github.wasmspring.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, for people. */
public final class FileFailure {

  private FileFailure() {}

  /** Why it failed, without the name of the file where that is known otherwise. */
  public static String reason(Exception failure) {
    if (failure instanceof FileSystemException detailed && detailed.getReason() != null) {
      return detailed.getReason();
    }
    if (failure instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (failure instanceof AccessDeniedException) {
      return "access is denied";
    }
    return failure.getClass() == IOException.class
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }
}
