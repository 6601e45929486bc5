package io.github.wasmspring.memory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries by key. What has expired is never returned, as if it were not there.
 *
 * <p>Methods throw {@link IllegalArgumentException} for what can never be: keys and tags other than
 * {@link MemoryEntry} says, values above the limit. Those that return values throw {@link
 * MemoryDamagedException} if one is not as it was written.
 */
public interface MemoryNamespace {

  String name();

  MemoryNamespaceSettings settings();

  /**
   * Keeps an entry, in place of one with the same key.
   *
   * @return its version, higher than all before in any namespace; versions are not consecutive
   * @throws MemoryQuotaException if there is no room for it; nothing has changed then
   */
  long put(MemoryEntry entry);

  /**
   * Keeps an entry if its key has a certain version still.
   *
   * @param expectedVersion 0 if there must be none
   * @return its version
   * @throws MemoryConflictException if there is another version; nothing has changed then
   * @throws MemoryQuotaException if there is no room for it; nothing has changed then
   */
  long compareAndPut(long expectedVersion, MemoryEntry entry);

  Optional<StoredMemory> get(String key);

  /**
   * The versions of an entry that are kept, the newest first: as many as the settings say. Empty if
   * the entry was removed or has expired.
   */
  List<StoredMemory> versions(String key);

  /**
   * Forgets an entry with all its versions, be it damaged.
   *
   * @return whether there was one
   */
  boolean remove(String key);

  /** The entries that a query describes. */
  List<StoredMemory> recall(MemoryQuery query);

  /**
   * All keys that begin with a prefix, in the order of their UTF-8 bytes. Values are not read. They
   * are read page by page, so that writers get between; what changes meanwhile may be among them or
   * not.
   *
   * @param prefix empty for all keys
   */
  List<String> keys(String prefix);

  /**
   * A page of the same.
   *
   * @param prefix empty for all keys
   * @param after the last key of the page before, {@code null} for the first page
   * @param limit 1 to 10,000
   */
  List<String> keys(String prefix, @Nullable String after, int limit);

  /**
   * The entries whose vectors are nearest, the nearest first.
   *
   * @param vector as many numbers as those of the entries have
   * @param maxResults at least 1
   * @param threshold the lowest score of a result, {@link Float#NEGATIVE_INFINITY} for any
   */
  List<SimilarMemory> similar(float[] vector, int maxResults, float threshold);

  /**
   * The same for a text.
   *
   * @throws IllegalStateException if the memory has no {@link MemoryEmbedder}
   */
  List<SimilarMemory> similar(String text, int maxResults, float threshold);

  /** Forgets all entries that are there when it is called. */
  void clear();

  MemoryNamespaceStats stats();
}
