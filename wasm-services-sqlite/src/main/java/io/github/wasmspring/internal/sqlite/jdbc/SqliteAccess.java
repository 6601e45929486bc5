package io.github.wasmspring.internal.sqlite.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** What connections of this driver have besides those of others; found by {@code unwrap}. */
public interface SqliteAccess extends Connection {

  GuestAccess guestAccess() throws SQLException;
}
