package io.github.wasmspring.sqlite.tools;

import io.github.wasmspring.sqlite.tools.IntegrityReport.Orphan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Asks SQLite whether a database is whole. */
final class IntegrityCheck {

  private static final int CORRUPT = 11;
  private static final int NOT_A_DATABASE = 26;

  private final Connection connection;
  private final int most;
  private final List<String> problems = new ArrayList<>();
  private final List<Orphan> orphans = new ArrayList<>();

  private IntegrityCheck(Connection connection, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("One problem at least is asked for, not " + most);
    }
    this.connection = connection;
    this.most = most;
  }

  /** Without what indexes say, and foreign keys. */
  static IntegrityReport quick(Connection connection, int most) throws SQLException {
    IntegrityCheck check = new IntegrityCheck(connection, most);
    check.file("quick_check");
    return check.report();
  }

  static IntegrityReport full(Connection connection, int most) throws SQLException {
    IntegrityCheck check = new IntegrityCheck(connection, most);
    check.file("integrity_check");
    check.foreignKeys();
    return check.report();
  }

  private IntegrityReport report() {
    boolean complete = this.problems.size() < this.most && this.orphans.size() < this.most;
    return new IntegrityReport(this.problems, this.orphans, complete);
  }

  private void file(String pragma) throws SQLException {
    try (Statement statement = this.connection.createStatement();
        ResultSet rows =
            statement.executeQuery("PRAGMA main.%s(%d)".formatted(pragma, this.most))) {
      while (rows.next()) {
        String line = String.valueOf(rows.getString(1));
        if (!line.equals("ok")) {
          this.problems.add(line);
        }
      }
    } catch (SQLException failure) {
      damaged(failure);
    }
  }

  /** What can't be read any more is damaged; all else is no answer. */
  private void damaged(SQLException failure) throws SQLException {
    int code = failure.getErrorCode() & 0xff;
    if (code != CORRUPT && code != NOT_A_DATABASE) {
      throw failure;
    }
    this.problems.add(String.valueOf(failure.getMessage()));
  }

  private void foreignKeys() throws SQLException {
    try (Statement statement = this.connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA main.foreign_key_check")) {
      while (this.orphans.size() < this.most && rows.next()) {
        long row = rows.getLong(2);
        this.orphans.add(
            new Orphan(
                String.valueOf(rows.getString(1)),
                rows.wasNull() ? null : row,
                String.valueOf(rows.getString(3)),
                rows.getInt(4)));
      }
    } catch (SQLException failure) {
      // A key whose parent has no unique columns can't be checked.
      if (String.valueOf(failure.getMessage()).contains("foreign key mismatch")) {
        this.problems.add(failure.getMessage());
      } else {
        damaged(failure);
      }
    }
  }
}
