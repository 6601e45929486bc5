package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes rows out, with all that belongs to them. */
final class EntryRemoval {

  private static final String OF_KEY =
      "(SELECT version FROM wasm_memory_entry WHERE namespace = ? AND key = ?)";

  private final WriteTransaction transaction;
  private final MemoryVectors vectors;

  EntryRemoval(WriteTransaction transaction, MemoryVectors vectors) {
    this.transaction = transaction;
    this.vectors = vectors;
  }

  /**
   * A row that goes.
   *
   * @param newest whether all versions of its key go with it
   */
  record Row(long version, long namespace, String key, boolean newest, long cost) {

    static final String COLUMNS = "version, namespace, key, newest, cost";
  }

  /** How many versions there were. */
  int key(NamespaceLedger ledger, String key) throws SQLException {
    SqlSession session = this.transaction.session();
    Long newest =
        session.first(
            "SELECT version FROM wasm_memory_entry WHERE namespace = ? AND key = ? AND newest = 1",
            row -> row.getLong(1),
            ledger.id(),
            key);
    long cost =
        session.number(
            "SELECT coalesce(sum(cost), 0) FROM wasm_memory_entry WHERE namespace = ? AND key = ?",
            ledger.id(),
            key);
    session.update("DELETE FROM wasm_memory_tag WHERE version IN " + OF_KEY, ledger.id(), key);
    session.update("DELETE FROM wasm_memory_vector WHERE version IN " + OF_KEY, ledger.id(), key);
    int gone =
        session.update(
            "DELETE FROM wasm_memory_entry WHERE namespace = ? AND key = ?", ledger.id(), key);
    if (gone > 0) {
      this.transaction.change();
      ledger.add(newest == null ? 0 : -1, -cost);
    }
    if (newest != null) {
      this.transaction.afterCommit(() -> this.vectors.removed(ledger.id(), newest));
    }
    return gone;
  }

  /** A version that is not the newest. */
  void version(NamespaceLedger ledger, long version, long cost) throws SQLException {
    SqlSession session = this.transaction.session();
    session.update("DELETE FROM wasm_memory_tag WHERE version = ?", version);
    session.update("DELETE FROM wasm_memory_vector WHERE version = ?", version);
    if (session.update("DELETE FROM wasm_memory_entry WHERE version = ?", version) > 0) {
      this.transaction.change();
      ledger.add(0, -cost);
    }
  }

  /**
   * What has expired.
   *
   * @param within {@code null} for all namespaces
   * @return how many versions, fewer than {@code most} only if there are no more
   */
  int expired(@Nullable NamespaceLedger within, int most) throws SQLException {
    String sql =
        "SELECT %s FROM wasm_memory_entry WHERE expires IS NOT NULL AND expires <= ?%s LIMIT ?";
    long now = this.transaction.now();
    int gone =
        remove(
            within == null
                ? rows(sql.formatted(Row.COLUMNS, ""), now, most)
                : rows(sql.formatted(Row.COLUMNS, " AND namespace = ?"), now, within.id(), most));
    this.transaction.addExpired(gone);
    return gone;
  }

  /** Some of those that were there up to a version; as many as come back have gone. */
  int upTo(NamespaceLedger ledger, long lastVersion, int most) throws SQLException {
    return remove(
        rows(
            "SELECT %s FROM wasm_memory_entry WHERE namespace = ? AND version <= ? LIMIT ?"
                .formatted(Row.COLUMNS),
            ledger.id(),
            lastVersion,
            most));
  }

  private List<Row> rows(String sql, Object... values) throws SQLException {
    return this.transaction
        .session()
        .list(
            sql,
            row ->
                new Row(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getInt(4) == 1,
                    row.getLong(5)),
            values);
  }

  private int remove(List<Row> rows) throws SQLException {
    for (Row row : rows) {
      NamespaceLedger ledger = this.transaction.ledger(row.namespace());
      if (row.newest()) {
        key(ledger, row.key());
      } else {
        version(ledger, row.version(), row.cost());
      }
    }
    return rows.size();
  }
}
