package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ExecutionException;

/** What the database says when it can't, in words that say what to do. */
final class MemoryFailures {

  private static final int PRIMARY_CODE = 0xff;
  private static final int BUSY = 5;
  private static final int FULL = 13;
  private static final int CAN_NOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;
  private static final int CORRUPT = 11;

  private MemoryFailures() {}

  /**
   * @param verb what was done with the agent memory
   */
  static RuntimeException of(String verb, ExecutionException failure) {
    Throwable cause = failure.getCause();
    return of(verb, cause == null ? failure : cause);
  }

  /** The same for what was not done on another thread. */
  static RuntimeException of(String verb, Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof AgentMemoryException told) {
      return told;
    }
    if (failure instanceof SQLException broken) {
      return new AgentMemoryException(
          "The database could not %s the agent memory: %s%s"
              .formatted(verb, broken.getMessage(), remedy(broken)),
          broken);
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new AgentMemoryException("The agent memory failed: " + failure, failure);
  }

  static boolean isBusy(Throwable failure) {
    return failure instanceof SQLException broken && code(broken) == BUSY;
  }

  private static int code(SQLException failure) {
    return failure.getErrorCode() & PRIMARY_CODE;
  }

  private static String remedy(SQLException failure) {
    if (failure instanceof SQLTransientConnectionException) {
      return "; a pool needs one connection more than the memory has readers, beside those that others use at a time";
    }
    return switch (code(failure)) {
      case BUSY ->
          "; another program has the file locked: give each application a file of its own, or let that program end";
      case FULL -> "; free space on the disk, or remove entries";
      case CAN_NOT_OPEN ->
          "; its directory must be there, and the file must be readable and writable";
      case NOT_A_DATABASE, CORRUPT -> "; restore the file from a backup";
      default -> "";
    };
  }
}
