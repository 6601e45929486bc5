package io.github.wasmspring.memory;

import io.github.wasmspring.vector.VectorMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the entries of a namespace whose vectors are near. */
final class SimilaritySearch {

  private static final int MOST_ATTEMPTS = 4;
  private static final int MOST_RESULTS = 10_000;

  private final MemoryParts parts;
  private final String namespace;
  private final MemoryNamespaceSettings settings;

  SimilaritySearch(MemoryParts parts, String namespace, MemoryNamespaceSettings settings) {
    this.parts = parts;
    this.namespace = namespace;
    this.settings = settings;
  }

  /** What a namespace is known by, and how its vectors are. */
  private record Known(long id, int dimensions) {}

  List<SimilarMemory> find(float[] vector, int maxResults, float threshold) {
    if (maxResults < 1 || maxResults > MOST_RESULTS) {
      throw new IllegalArgumentException("maxResults must be 1 to 10000, not " + maxResults);
    }
    float[] checked = MemoryChecks.checkedVector(vector);
    List<SimilarMemory> found = null;
    // What was found may be replaced before it is read: the more of it was, the more is asked for.
    int more = 0;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Known known = known();
      if (known == null) {
        return List.of();
      }
      checkDimensions(checked, known);
      List<VectorMatch> matches =
          this.parts
              .vectors()
              .search(
                  known.id(),
                  checked,
                  Math.min(MOST_RESULTS, maxResults + more),
                  threshold,
                  this.parts.clock().now());
      if (matches == null) {
        this.parts.vectors().requirePossible(known.id());
        makeIndex();
      } else {
        found = read(matches, maxResults);
        if (found.size() == Math.min(matches.size(), maxResults)) {
          return found;
        }
        more += 2 * (matches.size() - found.size());
      }
    }
    if (found == null) {
      throw new AgentMemoryException(
          "The index of the vectors of namespace '%s' of the agent memory was thrown away each time that it was made, as it could not follow what was written; ask again"
              .formatted(this.namespace));
    }
    return found;
  }

  private void checkDimensions(float[] vector, Known known) {
    if (vector.length != known.dimensions()) {
      throw new IllegalArgumentException(
          "The vector has %d dimensions, and those of namespace '%s' of the agent memory have %d"
              .formatted(vector.length, this.namespace, known.dimensions()));
    }
  }

  private @Nullable Known known() {
    Optional<Known> known =
        this.parts
            .readers()
            .read(
                session ->
                    Optional.ofNullable(
                        session.first(
                            "SELECT id, dimensions FROM wasm_memory_namespace WHERE name = ? AND dimensions > 0",
                            row -> new Known(row.getLong(1), row.getInt(2)),
                            this.namespace)));
    return known.orElse(null);
  }

  private void makeIndex() {
    this.parts
        .writer()
        .write(
            transaction -> {
              NamespaceLedger ledger = transaction.find(this.namespace);
              if (ledger != null && ledger.dimensions() > 0) {
                this.parts.vectors().make(transaction, ledger, this.settings);
              }
              return true;
            });
  }

  private List<SimilarMemory> read(List<VectorMatch> matches, int most) {
    List<Long> versions = matches.stream().map(match -> Long.valueOf(match.id())).toList();
    EntryQueries queries = new EntryQueries(this.namespace);
    List<RawEntry> rows =
        this.parts
            .readers()
            .read(session -> queries.newest(session, versions, this.parts.clock().now()));
    Map<Long, RawEntry> byVersion = new HashMap<>();
    rows.forEach(row -> byVersion.put(row.version(), row));
    List<SimilarMemory> found = new ArrayList<>();
    for (VectorMatch match : matches) {
      RawEntry row = byVersion.get(Long.valueOf(match.id()));
      if (row != null && found.size() < most) {
        found.add(new SimilarMemory(this.parts.coder().decode(this.namespace, row), match.score()));
      }
    }
    return found;
  }
}
