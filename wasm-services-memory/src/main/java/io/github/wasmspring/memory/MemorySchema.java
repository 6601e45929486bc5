package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.List;

/**
 * The tables. Versions of entries are numbered through all namespaces, so that no number is ever
 * given twice, be it to a key that was removed and put again.
 */
final class MemorySchema {

  /** What leads from each version of the tables to the next. The first makes them. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE wasm_memory_store (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                schema_version INTEGER NOT NULL,
                identity TEXT NOT NULL,
                sequence INTEGER NOT NULL,
                clock INTEGER NOT NULL)""",
              """
              CREATE TABLE wasm_memory_namespace (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                entries INTEGER NOT NULL,
                bytes INTEGER NOT NULL,
                dimensions INTEGER NOT NULL)""",
              """
              CREATE TABLE wasm_memory_entry (
                version INTEGER PRIMARY KEY,
                namespace INTEGER NOT NULL,
                key TEXT NOT NULL,
                newest INTEGER NOT NULL,
                kind INTEGER NOT NULL,
                encoding INTEGER NOT NULL,
                size INTEGER NOT NULL,
                written INTEGER NOT NULL,
                expires INTEGER,
                cost INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                tags TEXT NOT NULL,
                value BLOB NOT NULL)""",
              "CREATE INDEX wasm_memory_entry_key ON wasm_memory_entry (namespace, key, version)",
              """
              CREATE INDEX wasm_memory_entry_time ON wasm_memory_entry (namespace, written, version)
                WHERE newest = 1""",
              """
              CREATE INDEX wasm_memory_entry_expiry ON wasm_memory_entry (expires)
                WHERE expires IS NOT NULL""",
              """
              CREATE INDEX wasm_memory_entry_expiry_within
                ON wasm_memory_entry (namespace, expires) WHERE expires IS NOT NULL""",
              """
              CREATE TABLE wasm_memory_tag (
                namespace INTEGER NOT NULL,
                tag TEXT NOT NULL,
                version INTEGER NOT NULL,
                PRIMARY KEY (namespace, tag, version)) WITHOUT ROWID""",
              "CREATE INDEX wasm_memory_tag_version ON wasm_memory_tag (version)",
              """
              CREATE TABLE wasm_memory_vector (
                version INTEGER PRIMARY KEY,
                namespace INTEGER NOT NULL,
                checksum INTEGER NOT NULL,
                vector BLOB NOT NULL)""",
              "CREATE INDEX wasm_memory_vector_namespace ON wasm_memory_vector (namespace, version)",
              """
              INSERT INTO wasm_memory_store (id, schema_version, identity, sequence, clock)
                VALUES (1, 1, lower(hex(randomblob(16))), 0, 0)"""));

  /** The version of the tables that this code reads. */
  static final int VERSION = STEPS.size();

  private MemorySchema() {}

  static boolean exists(SqlSession session) throws SQLException {
    return session.number(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'wasm_memory_store'")
        > 0;
  }

  /**
   * Makes the tables what they are to be, within the transaction.
   *
   * @throws AgentMemoryException if they were made by code that is newer than this
   */
  static void prepare(SqlSession session) throws SQLException {
    int found = exists(session) ? version(session) : 0;
    if (found > VERSION) {
      throw new AgentMemoryException(
          "The tables of the agent memory have version %d, and this release knows those up to %d; use the release that wrote them, or a newer one"
              .formatted(found, VERSION));
    }
    for (int step = found; step < VERSION; step++) {
      for (String sql : STEPS.get(step)) {
        session.execute(sql);
      }
      session.update("UPDATE wasm_memory_store SET schema_version = ?", step + 1);
    }
  }

  private static int version(SqlSession session) throws SQLException {
    Integer version =
        session.first("SELECT schema_version FROM wasm_memory_store", row -> row.getInt(1));
    if (version == null) {
      throw lost();
    }
    return version;
  }

  private static AgentMemoryException lost() {
    return new AgentMemoryException(
        "The table wasm_memory_store of the agent memory has lost its row; restore the database from a backup");
  }

  /** Tells one database from another. */
  static String identity(SqlSession session) throws SQLException {
    String identity =
        session.first("SELECT identity FROM wasm_memory_store", row -> row.getString(1));
    if (identity == null) {
      throw lost();
    }
    return identity;
  }
}
