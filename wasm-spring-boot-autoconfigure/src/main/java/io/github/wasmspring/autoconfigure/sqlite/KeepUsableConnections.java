package io.github.wasmspring.autoconfigure.sqlite;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Keeps connections whose guest still answers. HikariCP would also throw those away that have
 * refused a call, and with one of them a whole database in memory.
 */
final class KeepUsableConnections implements SQLExceptionOverride {

  /** Of a guest that was stopped, and of a connection that is closed. */
  private static final Set<String> GONE = Set.of("08006", "08003");

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && GONE.contains(state) ? Override.CONTINUE_EVICT : Override.DO_NOT_EVICT;
  }
}
