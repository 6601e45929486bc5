package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts an entry in the place of the one with its key.
 *
 * @param expectedVersion {@code null} for any, 0 for none
 */
record PutChange(
    String namespace,
    MemoryNamespaceSettings settings,
    EncodedEntry entry,
    @Nullable Long expectedVersion,
    MemoryVectors vectors)
    implements MemoryChange<Long> {

  private static final int EXPIRED_AT_ONCE = 500;

  /** The row that is to be replaced. */
  private record Newest(long version, boolean expired) {}

  @Override
  public long bytes() {
    return this.entry.cost();
  }

  @Override
  public Long apply(WriteTransaction transaction) throws SQLException {
    NamespaceLedger ledger = transaction.ledger(this.namespace);
    EntryRemoval removal = new EntryRemoval(transaction, this.vectors);
    Newest newest = newest(transaction, ledger);
    if (newest != null && newest.expired()) {
      removal.key(ledger, key());
      newest = null;
    }
    long version = newest == null ? 0 : newest.version();
    if (this.expectedVersion != null && this.expectedVersion != version) {
      throw new MemoryConflictException(this.namespace, key(), this.expectedVersion, version);
    }
    checkDimensions(ledger);
    makeRoom(transaction, ledger, removal, newest == null ? 1 : 0);
    return put(transaction, ledger, removal, newest, tooOld(transaction, ledger));
  }

  private String key() {
    return this.entry.row().key();
  }

  private @Nullable Newest newest(WriteTransaction transaction, NamespaceLedger ledger)
      throws SQLException {
    return transaction
        .session()
        .first(
            """
            SELECT version, expires IS NOT NULL AND expires <= ? FROM wasm_memory_entry
              WHERE namespace = ? AND key = ? AND newest = 1""",
            row -> new Newest(row.getLong(1), row.getInt(2) == 1),
            transaction.now(),
            ledger.id(),
            key());
  }

  private void checkDimensions(NamespaceLedger ledger) {
    float[] vector = this.entry.vector();
    int held = ledger.dimensions();
    if (vector != null && held != 0 && held != vector.length) {
      throw new AgentMemoryException(
          "The vector of entry '%s' has %d dimensions, and those of namespace '%s' of the agent memory have %d; use one embedding model per namespace, or clear the namespace"
              .formatted(key(), vector.length, this.namespace, held));
    }
  }

  /** The versions that are not kept beside the new one. */
  private List<EntryRemoval.Row> tooOld(WriteTransaction transaction, NamespaceLedger ledger)
      throws SQLException {
    return transaction
        .session()
        .list(
            """
            SELECT version, cost FROM wasm_memory_entry WHERE namespace = ? AND key = ?
              ORDER BY version DESC LIMIT -1 OFFSET ?""",
            row -> new EntryRemoval.Row(row.getLong(1), ledger.id(), key(), false, row.getLong(2)),
            ledger.id(),
            key(),
            this.settings.versions() - 1);
  }

  /** What has expired goes where it takes the room, but no more of it than that. */
  private void makeRoom(
      WriteTransaction transaction, NamespaceLedger ledger, EntryRemoval removal, int more)
      throws SQLException {
    MemoryQuotaException full = full(transaction, ledger, more);
    while (full != null) {
      boolean neverFits =
          this.settings.maxBytes() > 0 && this.entry.cost() > this.settings.maxBytes();
      if (neverFits || removal.expired(ledger, EXPIRED_AT_ONCE) == 0) {
        throw full;
      }
      full = full(transaction, ledger, more);
    }
  }

  /** {@code null} if there is room. */
  private @Nullable MemoryQuotaException full(
      WriteTransaction transaction, NamespaceLedger ledger, int more) throws SQLException {
    // Asked anew each time: what has expired may be an older version of this key.
    long freed = tooOld(transaction, ledger).stream().mapToLong(EntryRemoval.Row::cost).sum();
    long entries = ledger.entries() + more;
    long bytes = ledger.bytes() + this.entry.cost() - freed;
    if (this.settings.maxEntries() > 0 && entries > this.settings.maxEntries()) {
      return new MemoryQuotaException(
          this.namespace, key(), "entries", this.settings.maxEntries(), entries);
    }
    if (this.settings.maxBytes() > 0 && bytes > this.settings.maxBytes()) {
      return new MemoryQuotaException(
          this.namespace, key(), "bytes", this.settings.maxBytes(), bytes);
    }
    return null;
  }

  private Long put(
      WriteTransaction transaction,
      NamespaceLedger ledger,
      EntryRemoval removal,
      @Nullable Newest newest,
      List<EntryRemoval.Row> old)
      throws SQLException {
    SqlSession session = transaction.session();
    if (newest != null) {
      session.update("UPDATE wasm_memory_entry SET newest = 0 WHERE version = ?", newest.version());
      session.update("DELETE FROM wasm_memory_tag WHERE version = ?", newest.version());
    }
    for (EntryRemoval.Row row : old) {
      removal.version(ledger, row.version(), row.cost());
    }
    long version = transaction.nextVersion();
    insert(session, ledger, version);
    ledger.add(newest == null ? 1 : 0, this.entry.cost());
    float[] vector = this.entry.vector();
    if (newest != null) {
      long replaced = newest.version();
      transaction.afterCommit(() -> this.vectors.removed(ledger.id(), replaced));
    }
    if (vector != null) {
      ledger.dimensions(vector.length);
      transaction.afterCommit(
          () -> this.vectors.added(ledger.id(), version, vector, this.entry.row().expires()));
    }
    return version;
  }

  private void insert(SqlSession session, NamespaceLedger ledger, long version)
      throws SQLException {
    RawEntry row = this.entry.row();
    session.update(
        """
        INSERT INTO wasm_memory_entry (version, namespace, key, newest, kind, encoding, size,
            written, expires, cost, checksum, tags, value)
          VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        version,
        ledger.id(),
        row.key(),
        row.kind(),
        row.encoding(),
        row.size(),
        row.written(),
        row.expires(),
        this.entry.cost(),
        row.checksum(),
        row.tags(),
        row.value());
    for (String tag : this.entry.tags()) {
      session.update(
          "INSERT INTO wasm_memory_tag (namespace, tag, version) VALUES (?, ?, ?)",
          ledger.id(),
          tag,
          version);
    }
    float[] vector = this.entry.vector();
    if (vector != null) {
      session.update(
          "INSERT INTO wasm_memory_vector (version, namespace, checksum, vector) VALUES (?, ?, ?, ?)",
          version,
          ledger.id(),
          this.entry.vectorChecksum(),
          EntryCoder.bytes(vector));
    }
  }
}
