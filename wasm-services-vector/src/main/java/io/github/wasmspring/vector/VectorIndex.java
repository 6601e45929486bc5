package io.github.wasmspring.vector;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Documents by id and by what is near to a vector. For many threads: writers go one after the
 * other, and what a search sees is what there was before or after a whole write, or, where that is
 * of more than 256 documents, a whole piece of so many.
 *
 * <p>Results are ordered by score, the highest first, and those of the same score by id.
 *
 * <p>All methods throw {@link IllegalStateException} after the index was closed, and {@link
 * IllegalArgumentException} for what can't be kept or looked for: another number of dimensions,
 * numbers that are not finite, a vector that is zero and has no cosine, one whose squared length is
 * above 10<sup>37</sup>, ids and metadata other than {@link VectorDocument} says.
 */
public interface VectorIndex extends AutoCloseable {

  String name();

  VectorIndexSettings settings();

  /** {@link #addAll} of one. */
  default void add(VectorDocument document) {
    addAll(List.of(document));
  }

  /**
   * Keeps documents whose ids are new.
   *
   * @throws IllegalArgumentException if there is one of such an id already, or two of them have the
   *     same; none is kept then
   * @throws io.github.wasmspring.WasmExecutionException {@code MEMORY_LIMIT} if there is no room
   *     for all of them; none is kept then
   */
  void addAll(Collection<VectorDocument> documents);

  /** {@link #upsertAll} of one. */
  default void upsert(VectorDocument document) {
    upsertAll(List.of(document));
  }

  /**
   * Keeps documents, in place of those with the same ids. Of several with the same id the last is
   * kept.
   *
   * @throws io.github.wasmspring.WasmExecutionException {@code MEMORY_LIMIT} if there is no room
   *     for all of them; nothing has changed then
   */
  void upsertAll(Collection<VectorDocument> documents);

  /**
   * @throws io.github.wasmspring.WasmException if the module does not answer, and Java may not
   */
  List<VectorMatch> search(VectorSearch search);

  /**
   * The documents nearest to one that is kept, without that one.
   *
   * @throws java.util.NoSuchElementException if there is none of that id
   */
  List<VectorMatch> similar(String id, int maxResults);

  Optional<VectorDocument> get(String id);

  /** {@link #removeAll} of one. */
  default boolean remove(String id) {
    return removeAll(List.of(Objects.requireNonNull(id, "An id must not be null"))) == 1;
  }

  /**
   * Forgets documents.
   *
   * @return how many of these ids there were
   */
  int removeAll(Collection<String> ids);

  /**
   * Forgets all documents that a filter lets through.
   *
   * @return how many
   */
  int removeAll(VectorFilter filter);

  /** Forgets all, and gives the memory back. */
  void clear();

  int size();

  VectorIndexStats stats();

  /**
   * Writes all documents and links to a file, in place of what it holds. Whatever happens
   * meanwhile, the file has either all of the new or all of the old. Searches and, but for a
   * moment, writes go on.
   *
   * @throws VectorSnapshotException if it can't be written; the old file is as it was
   */
  void snapshot(Path file);

  /**
   * Takes what a snapshot has in place of all there is. If that can't be, nothing has changed.
   *
   * @throws VectorSnapshotException if the file can't be read or is of an index with other
   *     dimensions or another metric
   * @throws io.github.wasmspring.WasmExecutionException {@code MEMORY_LIMIT} if there is no room
   */
  void restore(Path file);

  /** Gives the instances back. */
  @Override
  void close();
}
