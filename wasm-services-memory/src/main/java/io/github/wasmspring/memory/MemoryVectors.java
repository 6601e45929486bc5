package io.github.wasmspring.memory;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.vector.VectorDocument;
import io.github.wasmspring.vector.VectorFilter;
import io.github.wasmspring.vector.VectorIndex;
import io.github.wasmspring.vector.VectorIndexSettings;
import io.github.wasmspring.vector.VectorIndexes;
import io.github.wasmspring.vector.VectorMatch;
import io.github.wasmspring.vector.VectorSearch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index of vectors for each namespace that was searched by similarity. It is made of what is in
 * the database when it is needed first, and follows each commit before the writer is told, all on
 * the thread that writes. One that could not follow is thrown away, and made again when it is
 * needed.
 */
final class MemoryVectors implements MemoryResources.Resource {

  private static final Logger logger = LoggerFactory.getLogger(MemoryVectors.class);
  private static final String EXPIRES = "expires";
  private static final int ROWS_AT_ONCE = 500;

  /** Such a join is done in the order that it is written in: each page begins where it is. */
  static final String PAGE =
      """
      SELECT v.version, e.key, e.expires, v.checksum, v.vector
        FROM wasm_memory_vector v CROSS JOIN wasm_memory_entry e ON e.version = v.version
        WHERE v.namespace = ? AND v.version > ? AND e.newest = 1
          AND (e.expires IS NULL OR e.expires > ?)
        ORDER BY v.version LIMIT ?""";

  private final VectorIndexes indexes;
  private final EntryCoder coder;
  private final Map<Long, VectorIndex> ready = new ConcurrentHashMap<>();

  /** Those that have entries which expire, by the filter that such entries cost. */
  private final Set<Long> expiring = ConcurrentHashMap.newKeySet();

  MemoryVectors(WasmModuleManager manager, EntryCoder coder) {
    this.indexes = VectorIndexes.of(manager);
    this.coder = coder;
  }

  /** Why there can be no index of a namespace, until its vectors are others. */
  private final Map<Long, AgentMemoryException> impossible = new ConcurrentHashMap<>();

  /** Which indexes the transaction under way has made already; for the thread that writes. */
  private final Set<Long> made = new HashSet<>();

  private @Nullable WriteTransaction making;

  /** A row of the table. */
  private record Row(
      long version, String key, @Nullable Long expires, long checksum, byte[] vector) {}

  /** The namespace has another entry. */
  void added(long namespace, long version, float[] vector, @Nullable Long expires) {
    follow(namespace, index -> index.upsert(document(namespace, version, vector, expires)));
  }

  /** An entry has gone, or is no longer the newest of its key. */
  void removed(long namespace, long version) {
    follow(namespace, index -> index.remove(Long.toString(version)));
  }

  /** Changes an index. */
  private interface IndexChange {
    void apply(VectorIndex index);
  }

  private void follow(long namespace, IndexChange change) {
    this.impossible.remove(namespace);
    VectorIndex index = this.ready.get(namespace);
    if (index == null) {
      return;
    }
    try {
      change.apply(index);
    } catch (RuntimeException | Error failure) {
      drop(namespace);
      logger.warn(
          "The index of vectors of a namespace of the agent memory could not follow a write, and is made again when it is needed: {}",
          failure.getMessage(),
          failure);
    }
  }

  /** Throws all indexes away, since nobody knows whether they are right. */
  void dropAll() {
    List.copyOf(this.ready.keySet()).forEach(this::drop);
  }

  /** Throws the index of a namespace away. */
  void drop(long namespace) {
    this.ready.remove(namespace);
    this.impossible.remove(namespace);
    this.expiring.remove(namespace);
    this.indexes.drop(name(namespace));
  }

  private static String name(long namespace) {
    return "memory-" + namespace;
  }

  private VectorDocument document(
      long namespace, long version, float[] vector, @Nullable Long expires) {
    if (expires == null) {
      return new VectorDocument(Long.toString(version), vector);
    }
    this.expiring.add(namespace);
    return new VectorDocument(Long.toString(version), vector, Map.of(EXPIRES, expires));
  }

  int size(long namespace) {
    VectorIndex index = this.ready.get(namespace);
    return index == null ? 0 : index.size();
  }

  /**
   * The versions of the nearest entries with their scores.
   *
   * @return {@code null} if there is no index, or no longer
   */
  @Nullable List<VectorMatch> search(
      long namespace, float[] vector, int maxResults, float threshold, long now) {
    VectorIndex index = this.ready.get(namespace);
    if (index == null) {
      return null;
    }
    VectorFilter alive =
        this.expiring.contains(namespace)
            ? VectorFilter.or(
                VectorFilter.not(VectorFilter.exists(EXPIRES)), VectorFilter.gt(EXPIRES, now))
            : null;
    try {
      return index.search(
          VectorSearch.of(vector)
              .maxResults(maxResults)
              .threshold(threshold)
              .filter(alive)
              .build());
    } catch (IllegalStateException closed) {
      if (this.ready.get(namespace) == index) {
        throw closed;
      }
      return null;
    }
  }

  /**
   * @throws AgentMemoryException if the index could not be made, and would not be now
   */
  void requirePossible(long namespace) {
    AgentMemoryException failure = this.impossible.get(namespace);
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Makes the index of a namespace, unless there is one. It is used when the transaction has been
   * committed, since it has what that has written.
   *
   * @throws MemoryDamagedException if a vector is not as it was written
   * @throws AgentMemoryException if there is no room for it
   */
  void make(WriteTransaction transaction, NamespaceLedger ledger, MemoryNamespaceSettings settings)
      throws SQLException {
    if (this.making != transaction) {
      this.making = transaction;
      this.made.clear();
    }
    if (this.ready.containsKey(ledger.id()) || this.made.contains(ledger.id())) {
      return;
    }
    // One that is left of a transaction that was not committed has what was never there.
    drop(ledger.id());
    AgentMemoryException failed = null;
    boolean filled = false;
    try {
      VectorIndex index = this.indexes.create(name(ledger.id()), wanted(ledger, settings));
      fill(index, transaction, ledger);
      this.made.add(ledger.id());
      transaction.afterCommit(() -> this.ready.put(ledger.id(), index));
      filled = true;
    } catch (WasmException failure) {
      failed =
          new AgentMemoryException(
              "There is no index of the vectors of namespace '%s' of the agent memory: %s"
                  .formatted(ledger.name(), failure.getMessage()),
              failure);
      throw failed;
    } catch (MemoryDamagedException damaged) {
      failed = damaged;
      throw damaged;
    } finally {
      if (!filled) {
        drop(ledger.id());
      }
      if (failed != null) {
        this.impossible.put(ledger.id(), failed);
      }
    }
  }

  private static VectorIndexSettings wanted(
      NamespaceLedger ledger, MemoryNamespaceSettings settings) {
    VectorIndexSettings wanted = settings.vectors();
    if (wanted == null) {
      return VectorIndexSettings.dimensions(ledger.dimensions()).build();
    }
    if (wanted.dimensions() != ledger.dimensions()) {
      throw new AgentMemoryException(
          "The index of namespace '%s' of the agent memory is to have %d dimensions, and its vectors have %d; correct the setting"
              .formatted(ledger.name(), wanted.dimensions(), ledger.dimensions()));
    }
    return wanted;
  }

  private void fill(VectorIndex index, WriteTransaction transaction, NamespaceLedger ledger)
      throws SQLException {
    long last = 0;
    List<Row> rows;
    do {
      rows = rows(transaction, ledger, last);
      List<VectorDocument> documents = new ArrayList<>();
      for (Row row : rows) {
        float[] vector =
            this.coder.vector(
                ledger.name(), row.key(), row.version(), row.vector(), row.checksum());
        documents.add(document(ledger.id(), row.version(), vector, row.expires()));
        last = row.version();
      }
      index.upsertAll(documents);
    } while (rows.size() == ROWS_AT_ONCE);
  }

  private static List<Row> rows(WriteTransaction transaction, NamespaceLedger ledger, long after)
      throws SQLException {
    return transaction
        .session()
        .list(
            PAGE,
            row -> {
              long expires = row.getLong(3);
              boolean forever = row.wasNull();
              return new Row(
                  row.getLong(1),
                  row.getString(2),
                  forever ? null : expires,
                  row.getLong(4),
                  row.getBytes(5));
            },
            ledger.id(),
            after,
            transaction.now(),
            ROWS_AT_ONCE);
  }

  @Override
  public void close() {
    this.ready.clear();
    this.indexes.close();
  }
}
