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
    List<EntryRemoval.Row> old = tooOld(transaction, ledger);
    checkQuota(ledger, removal, newest == null ? 1 : 0, old);
    return put(transaction, ledger, removal, newest, old);
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

  private void checkQuota(
      NamespaceLedger ledger, EntryRemoval removal, int more, List<EntryRemoval.Row> old)
      throws SQLException {
    long freed = old.stream().mapToLong(EntryRemoval.Row::cost).sum();
    boolean tidied = false;
    while (true) {
      long entries = ledger.entries() + more;
      long bytes = ledger.bytes() + this.entry.cost() - freed;
      boolean tooMany = this.settings.maxEntries() > 0 && entries > this.settings.maxEntries();
      boolean tooMuch = this.settings.maxBytes() > 0 && bytes > this.settings.maxBytes();
      if (!tooMany && !tooMuch) {
        return;
      }
      if (tidied) {
        throw tooMany
            ? new MemoryQuotaException(
                this.namespace, key(), "entries", this.settings.maxEntries(), entries)
            : new MemoryQuotaException(
                this.namespace, key(), "bytes", this.settings.maxBytes(), bytes);
      }
      while (removal.expired(ledger, EXPIRED_AT_ONCE) == EXPIRED_AT_ONCE) {
        // What has expired does not count.
      }
      tidied = true;
    }
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
          "INSERT INTO wasm_memory_vector (version, checksum, vector) VALUES (?, ?, ?)",
          version,
          this.entry.vectorChecksum(),
          EntryCoder.bytes(vector));
    }
  }
}
