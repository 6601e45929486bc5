package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes of one transaction share. Nothing of it outlives the transaction. */
final class WriteTransaction {

  private static final String LEDGER =
      "SELECT id, name, entries, bytes, dimensions FROM wasm_memory_namespace WHERE ";

  private final SqlSession session;
  private final long now;
  private final Map<Long, NamespaceLedger> ledgers = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private final long before;
  private long sequence;
  private long expired;
  private boolean changed;

  /**
   * @param now the time by which entries expire
   */
  WriteTransaction(SqlSession session, long now) throws SQLException {
    this.session = session;
    this.now = now;
    this.before = sequence(session);
    this.sequence = this.before;
  }

  /** For changes; whoever makes one calls {@link #change} too. */
  SqlSession session() {
    return this.session;
  }

  long now() {
    return this.now;
  }

  /** There is something to commit. */
  void change() {
    this.changed = true;
  }

  /** So many versions have gone because they had expired. */
  void addExpired(int versions) {
    this.expired += versions;
  }

  long expired() {
    return this.expired;
  }

  long nextVersion() {
    change();
    return ++this.sequence;
  }

  /** The highest version that was given so far. */
  long lastVersion() {
    return this.sequence;
  }

  /** The namespace of that name, made if there is none. */
  NamespaceLedger ledger(String name) throws SQLException {
    NamespaceLedger found = find(name);
    if (found != null) {
      return found;
    }
    change();
    this.session.update(
        "INSERT INTO wasm_memory_namespace (name, entries, bytes, dimensions) VALUES (?, 0, 0, 0)",
        name);
    NamespaceLedger made = find(name);
    if (made == null) {
      throw new SQLException("The namespace is not there although it was made", "02000");
    }
    return made;
  }

  /** {@code null} if nothing was ever put into a namespace of that name. */
  @Nullable NamespaceLedger find(String name) throws SQLException {
    Long id = this.ids.get(name);
    return id != null ? this.ledgers.get(id) : read(LEDGER + "name = ?", name);
  }

  /** The namespace of a row. */
  NamespaceLedger ledger(long id) throws SQLException {
    NamespaceLedger known = this.ledgers.get(id);
    NamespaceLedger found = known != null ? known : read(LEDGER + "id = ?", id);
    if (found == null) {
      throw new AgentMemoryException(
          "The database of the agent memory is damaged: there are entries of a namespace %d that is not there; restore it from a backup"
              .formatted(id));
    }
    return found;
  }

  private @Nullable NamespaceLedger read(String sql, Object value) throws SQLException {
    NamespaceLedger found =
        this.session.first(
            sql,
            row ->
                new NamespaceLedger(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getInt(5)),
            value);
    if (found != null) {
      this.ledgers.put(found.id(), found);
      this.ids.put(found.name(), found.id());
    }
    return found;
  }

  /** Done when the transaction has been committed, before the writers are told. */
  void afterCommit(Runnable action) {
    this.afterwards.add(action);
  }

  /** Whether the database has what this transaction has written, asked in another one. */
  boolean isIn(SqlSession session) throws SQLException {
    return this.changed && sequence(session) == this.sequence;
  }

  private static long sequence(SqlSession session) throws SQLException {
    return session.number("SELECT sequence FROM wasm_memory_store");
  }

  /**
   * Writes what the changes have in common. The sequence is another one after each transaction, so
   * that it tells whether that was committed.
   */
  void save() throws SQLException {
    if (!this.changed) {
      return;
    }
    if (this.sequence == this.before) {
      this.sequence++;
    }
    for (NamespaceLedger ledger : this.ledgers.values()) {
      this.session.update(
          "UPDATE wasm_memory_namespace SET entries = ?, bytes = ?, dimensions = ? WHERE id = ?",
          ledger.entries(),
          ledger.bytes(),
          ledger.dimensions(),
          ledger.id());
    }
    this.session.update(
        "UPDATE wasm_memory_store SET sequence = ?, clock = max(clock, ?)",
        this.sequence,
        this.now);
  }

  void committed() {
    this.afterwards.forEach(Runnable::run);
  }
}
