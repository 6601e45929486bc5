package io.github.wasmspring.memory;

import io.github.wasmspring.vector.VectorIndexSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A namespace over the database. */
final class DefaultMemoryNamespace implements MemoryNamespace {

  private static final int REMOVED_AT_ONCE = 200;
  private static final int MOST_KEYS_AT_ONCE = 10_000;

  private final String name;
  private final MemoryNamespaceSettings settings;
  private final MemoryParts parts;
  private final EntryQueries queries;
  private final SimilaritySearch similarity;

  DefaultMemoryNamespace(String name, MemoryNamespaceSettings settings, MemoryParts parts) {
    this.name = name;
    this.settings = settings;
    this.parts = parts;
    this.queries = new EntryQueries(name);
    this.similarity = new SimilaritySearch(parts, name, settings);
  }

  @Override
  public String name() {
    return this.name;
  }

  @Override
  public MemoryNamespaceSettings settings() {
    return this.settings;
  }

  @Override
  public long put(MemoryEntry entry) {
    return write(entry, null);
  }

  @Override
  public long compareAndPut(long expectedVersion, MemoryEntry entry) {
    return write(entry, expectedVersion);
  }

  private long write(MemoryEntry entry, @Nullable Long expectedVersion) {
    if (entry.value().length > this.parts.maxValueSize()) {
      throw new IllegalArgumentException(
          "The value of entry '%s' in namespace '%s' of the agent memory has %d bytes, and the limit is %d; keep it in pieces, or raise the limit"
              .formatted(entry.key(), this.name, entry.value().length, this.parts.maxValueSize()));
    }
    EncodedEntry encoded =
        this.parts
            .coder()
            .encode(this.name, entry, this.parts.clock().written(), expires(entry), vector(entry));
    return this.parts
        .writer()
        .write(
            new PutChange(
                this.name, this.settings, encoded, expectedVersion, this.parts.vectors()));
  }

  /** Asked where the rows are read, which may be a while after they were asked for. */
  private long now() {
    return this.parts.clock().now();
  }

  private @Nullable Long expires(MemoryEntry entry) {
    Duration ttl = entry.ttl() == null ? this.settings.ttl() : entry.ttl();
    return ttl == null || ttl.isZero() ? null : now() + ttl.toMillis();
  }

  private float @Nullable [] vector(MemoryEntry entry) {
    float[] vector = entry.vector();
    if (vector == null && this.settings.embedded() && entry.kind() == MemoryKind.TEXT) {
      vector = embed(new String(entry.value(), StandardCharsets.UTF_8));
    }
    VectorIndexSettings index = this.settings.vectors();
    if (vector != null && index != null && vector.length != index.dimensions()) {
      throw new IllegalArgumentException(
          "The vector of entry '%s' has %d dimensions, and those of namespace '%s' of the agent memory are to have %d"
              .formatted(entry.key(), vector.length, this.name, index.dimensions()));
    }
    return vector;
  }

  private float[] embed(String text) {
    MemoryEmbedder embedder = this.parts.embedder();
    if (embedder == null) {
      throw new IllegalStateException(
          "Namespace '%s' of the agent memory has texts to embed, and there is no embedder; give one to AgentMemoryBuilder.embedder, or have a bean EmbeddingModel"
              .formatted(this.name));
    }
    return MemoryChecks.checkedVector(embedder.embed(text));
  }

  @Override
  public Optional<StoredMemory> get(String key) {
    MemoryChecks.checkKey(key);
    return this.parts
        .readers()
        .read(session -> Optional.ofNullable(this.queries.get(session, key, now())))
        .map(found -> this.parts.coder().decode(this.name, found));
  }

  @Override
  public List<StoredMemory> versions(String key) {
    MemoryChecks.checkKey(key);
    return this.parts.decoded(
        this.name,
        this.parts
            .readers()
            .read(session -> this.queries.versions(session, key, this.settings.versions(), now())));
  }

  @Override
  public boolean remove(String key) {
    MemoryChecks.checkKey(key);
    return this.parts
        .writer()
        .write(
            transaction -> {
              NamespaceLedger ledger = transaction.find(this.name);
              if (ledger == null) {
                return false;
              }
              boolean alive =
                  this.queries.get(transaction.session(), key, transaction.now()) != null;
              new EntryRemoval(transaction, this.parts.vectors()).key(ledger, key);
              return alive;
            });
  }

  @Override
  public List<StoredMemory> recall(MemoryQuery query) {
    return this.parts.decoded(
        this.name,
        this.parts.readers().read(session -> this.queries.recall(session, query, now())));
  }

  @Override
  public List<String> keys(String prefix) {
    List<String> all = new ArrayList<>();
    List<String> page;
    String last = null;
    do {
      page = keys(prefix, last, MOST_KEYS_AT_ONCE);
      all.addAll(page);
      last = page.isEmpty() ? last : page.get(page.size() - 1);
    } while (page.size() == MOST_KEYS_AT_ONCE);
    return all;
  }

  @Override
  public List<String> keys(String prefix, @Nullable String after, int limit) {
    MemoryChecks.checkPrefix(prefix);
    if (after != null) {
      MemoryChecks.checkKey(after);
    }
    if (limit < 1 || limit > MOST_KEYS_AT_ONCE) {
      throw new IllegalArgumentException("The limit of keys must be 1 to 10000, not " + limit);
    }
    return this.parts
        .readers()
        .read(session -> this.queries.keys(session, prefix, after, limit, now()));
  }

  @Override
  public List<SimilarMemory> similar(float[] vector, int maxResults, float threshold) {
    return this.similarity.find(vector, maxResults, threshold);
  }

  @Override
  public List<SimilarMemory> similar(String text, int maxResults, float threshold) {
    return similar(embed(text), maxResults, threshold);
  }

  /** In pieces, so that other writers get between. */
  @Override
  public void clear() {
    long last = this.parts.writer().write(WriteTransaction::lastVersion);
    int gone;
    do {
      gone =
          this.parts
              .writer()
              .write(
                  transaction -> {
                    NamespaceLedger ledger = transaction.find(this.name);
                    return ledger == null
                        ? 0
                        : new EntryRemoval(transaction, this.parts.vectors())
                            .upTo(ledger, last, REMOVED_AT_ONCE);
                  });
    } while (gone > 0);
    forgetDimensions();
  }

  /** An empty namespace takes vectors of any other model. */
  private void forgetDimensions() {
    this.parts
        .writer()
        .write(
            transaction -> {
              NamespaceLedger ledger = transaction.find(this.name);
              if (ledger != null && ledger.entries() == 0 && ledger.dimensions() > 0) {
                ledger.dimensions(0);
                transaction.change();
                transaction.afterCommit(() -> this.parts.vectors().drop(ledger.id()));
              }
              return true;
            });
  }

  @Override
  public MemoryNamespaceStats stats() {
    EntryQueries.Figures figures =
        this.parts.readers().read(session -> this.queries.figures(session, now()));
    return new MemoryNamespaceStats(
        figures.entries(),
        figures.versions(),
        figures.bytes(),
        this.parts.vectors().size(figures.id()));
  }
}
