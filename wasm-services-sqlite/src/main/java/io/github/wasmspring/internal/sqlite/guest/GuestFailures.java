package io.github.wasmspring.internal.sqlite.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why the guest did not do what it was asked for, as an exception of JDBC. */
final class GuestFailures {

  private final GuestCalls calls;
  private final GuestRequests context;

  GuestFailures(GuestCalls calls, GuestRequests context) {
    this.calls = calls;
    this.context = context;
  }

  void requireOk(int code) throws SQLException {
    if (code != ResultCode.OK) {
      throw of(code, null);
    }
  }

  /** Why the guest did not go on. */
  SQLException stoppedOr(int code) throws SQLException {
    boolean cancelled = this.context.isCancelled();
    boolean stopped =
        ResultCode.primary(code) == ResultCode.INTERRUPT
            || ResultCode.primary(code) == ResultCode.BUSY;
    if (stopped && this.context.wasOverdue()) {
      return SqliteErrors.timedOut("The statement ran longer than its query time-out");
    }
    return stopped && cancelled ? SqliteErrors.cancelled() : of(code, null);
  }

  /**
   * @param attempt what was tried, {@code null} where the message of SQLite says enough
   */
  SQLException of(int code, @Nullable String attempt) throws SQLException {
    String text = message(code);
    IOException problem = this.context.problem();
    SQLException failure =
        SqliteErrors.of(
            code,
            (attempt == null ? "" : attempt + ": ")
                + text
                + advice(code)
                + (problem == null ? "" : ": " + problem.getMessage()));
    if (problem != null) {
      failure.initCause(problem);
    }
    return failure;
  }

  private String message(int code) throws SQLException {
    long answer = this.calls.call(() -> this.calls.exports().failure(code));
    if ((int) answer != ResultCode.OK) {
      return "out of memory";
    }
    byte[] bytes = this.calls.bytes(answer);
    int offset = GuestRows.intAt(bytes, 32);
    String text = new String(bytes, 40, GuestRows.intAt(bytes, 36), StandardCharsets.UTF_8);
    return offset < 0 ? text : text + " (at byte " + offset + ")";
  }

  private static String advice(int code) {
    return switch (ResultCode.primary(code)) {
      case ResultCode.BUSY ->
          "; another connection or program holds the lock for longer than busy_timeout";
      case ResultCode.NOMEM -> "; the connection has all of its memory_limit";
      default -> "";
    };
  }
}
