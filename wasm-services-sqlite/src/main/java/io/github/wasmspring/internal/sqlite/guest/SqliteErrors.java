package io.github.wasmspring.internal.sqlite.guest;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;

/** Result codes as exceptions: the extended code is the vendor code. */
public final class SqliteErrors {

  /** What a connection that is gone has, and what makes connection pools throw it away. */
  public static final String BROKEN = "08006";

  private SqliteErrors() {}

  /**
   * @param message with what was attempted
   */
  static SQLException of(int code, String message) {
    String state = state(code, message);
    return switch (ResultCode.primary(code)) {
      case ResultCode.CONSTRAINT ->
          new SQLIntegrityConstraintViolationException(message, state, code);
      case ResultCode.BUSY, ResultCode.LOCKED -> new SQLTransientException(message, state, code);
      case ResultCode.NOTADB -> new SQLNonTransientConnectionException(message, state, code);
      case ResultCode.ERROR ->
          state.startsWith("42")
              ? new SQLSyntaxErrorException(message, state, code)
              : new SQLException(message, state, code);
      case ResultCode.CANTOPEN,
          ResultCode.READONLY,
          ResultCode.PERM,
          ResultCode.AUTH,
          ResultCode.CORRUPT ->
          new SQLNonTransientException(message, state, code);
      default -> new SQLException(message, state, code);
    };
  }

  static SQLTimeoutException timedOut(String message) {
    return new SQLTimeoutException(message, "57014", ResultCode.INTERRUPT);
  }

  static SQLException cancelled() {
    return new SQLException("The statement was cancelled", "57014", ResultCode.INTERRUPT);
  }

  static String state(int code, String message) {
    return switch (ResultCode.primary(code)) {
      case ResultCode.CONSTRAINT -> constraint(code);
      case ResultCode.BUSY, ResultCode.LOCKED -> "40001";
      case ResultCode.NOMEM -> "53200";
      case ResultCode.FULL -> "53100";
      case ResultCode.READONLY -> "25006";
      case ResultCode.PERM, ResultCode.AUTH -> "42501";
      case ResultCode.INTERRUPT -> "57014";
      // Not 08: a file that a statement needs can't be opened, and the connection goes on.
      case ResultCode.IOERR, ResultCode.CANTOPEN -> "58030";
      case ResultCode.CORRUPT, ResultCode.NOTADB -> "XX001";
      case ResultCode.TOOBIG -> "54000";
      case ResultCode.MISMATCH -> "22018";
      case ResultCode.RANGE -> "07009";
      case ResultCode.ERROR -> error(message);
      default -> "HY000";
    };
  }

  private static String constraint(int code) {
    return switch (code) {
      case ResultCode.CONSTRAINT_UNIQUE,
          ResultCode.CONSTRAINT_PRIMARYKEY,
          ResultCode.CONSTRAINT_ROWID ->
          "23505";
      case ResultCode.CONSTRAINT_NOTNULL -> "23502";
      case ResultCode.CONSTRAINT_FOREIGNKEY -> "23503";
      case ResultCode.CONSTRAINT_CHECK -> "23514";
      default -> "23000";
    };
  }

  /** SQLite has one code for all that is wrong with a statement; its words tell more. */
  private static String error(String message) {
    if (message.contains("no such table")) {
      return "42S02";
    } else if (message.contains("no such column")) {
      return "42S22";
    } else if (message.contains("already exists")) {
      return "42S01";
    } else if (message.contains("syntax error")
        || message.contains("incomplete input")
        || message.contains("unrecognized token")
        || message.contains("no such")) {
      return "42000";
    }
    return "HY000";
  }
}
