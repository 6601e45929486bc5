package io.github.wasmspring.internal.sqlite.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A place in a transaction to go back to. */
record SqliteSavepoint(int id, @Nullable String name) implements Savepoint {

  String sqlName() {
    return "\"wasm_savepoint_" + this.id + "\"";
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (this.name != null) {
      throw new SQLException("The savepoint has a name: " + this.name, "3B001");
    }
    return this.id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (this.name == null) {
      throw new SQLException("The savepoint has no name, but the id " + this.id, "3B001");
    }
    return this.name;
  }
}
