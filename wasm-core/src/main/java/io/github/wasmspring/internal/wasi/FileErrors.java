package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;

/** Tells guests what went wrong with a file; never the message, which names paths of the host. */
final class FileErrors {

  /** As the C library words them; other languages than English end up as {@code IO}. */
  private static final Map<String, Errno> REASONS =
      Map.ofEntries(
          Map.entry("Not a directory", Errno.NOTDIR),
          Map.entry("Is a directory", Errno.ISDIR),
          Map.entry("Directory not empty", Errno.NOTEMPTY),
          Map.entry("File exists", Errno.EXIST),
          Map.entry("Too many levels of symbolic links", Errno.LOOP),
          Map.entry("File name too long", Errno.NAMETOOLONG),
          Map.entry("No space left on device", Errno.NOSPC),
          Map.entry("Too many open files", Errno.MFILE),
          Map.entry("Read-only file system", Errno.ROFS),
          Map.entry("Disk quota exceeded", Errno.DQUOT),
          Map.entry("Invalid argument", Errno.INVAL),
          Map.entry("Operation not permitted", Errno.PERM));

  private FileErrors() {}

  /**
   * Between the pieces of what may take long: the deadline of a call interrupts its thread.
   *
   * @throws InterruptedIOException if the thread is to stop
   */
  static void stopIfInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the thread was interrupted");
    }
  }

  static Errno errno(IOException failure) throws InterruptedException {
    if (failure instanceof ClosedByInterruptException
        || failure instanceof InterruptedIOException) {
      throw new InterruptedException();
    } else if (failure instanceof NoSuchFileException) {
      return Errno.NOENT;
    } else if (failure instanceof FileAlreadyExistsException) {
      return Errno.EXIST;
    } else if (failure instanceof DirectoryNotEmptyException) {
      return Errno.NOTEMPTY;
    } else if (failure instanceof NotDirectoryException) {
      return Errno.NOTDIR;
    } else if (failure instanceof AccessDeniedException) {
      return Errno.ACCES;
    } else if (failure instanceof FileSystemLoopException) {
      return Errno.LOOP;
    } else if (failure instanceof AtomicMoveNotSupportedException) {
      return Errno.XDEV;
    }
    String reason = failure instanceof FileSystemException named ? named.getReason() : null;
    String text = reason != null ? reason : String.valueOf(failure.getMessage());
    return REASONS.getOrDefault(text, Errno.IO);
  }
}
