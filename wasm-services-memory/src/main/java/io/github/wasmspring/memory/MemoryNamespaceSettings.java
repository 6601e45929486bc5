package io.github.wasmspring.memory;

import io.github.wasmspring.vector.VectorIndexSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace may have. None of this is kept in the database.
 *
 * @param maxEntries the most entries, 0 for no limit
 * @param maxBytes the most bytes of keys, tags, stored values and vectors, all versions together, 0
 *     for no limit
 * @param ttl how long entries live that don't say it, {@code null} for ever
 * @param versions how many versions of an entry are kept, 1 to 1,000
 * @param embedded whether texts get a vector from the {@link MemoryEmbedder} when they are put
 * @param vectors the index for similarity, {@code null} for an exact one by cosine
 */
public record MemoryNamespaceSettings(
    long maxEntries,
    long maxBytes,
    @Nullable Duration ttl,
    int versions,
    boolean embedded,
    @Nullable VectorIndexSettings vectors) {

  /** No limits, entries live for ever, and only the newest version is kept. */
  public static final MemoryNamespaceSettings DEFAULTS = builder().build();

  private static final int MOST_VERSIONS = 1000;

  public MemoryNamespaceSettings {
    require(maxEntries >= 0, "The most entries must not be negative, but they are " + maxEntries);
    require(maxBytes >= 0, "The most bytes must not be negative, but they are " + maxBytes);
    require(
        versions >= 1 && versions <= MOST_VERSIONS,
        "1 to 1000 versions can be kept, not " + versions);
    if (ttl != null) {
      MemoryChecks.checkTtl(ttl);
      require(!ttl.isZero(), "The time to live must be more than 0; leave it out for ever");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private long maxEntries;
    private long maxBytes;
    private @Nullable Duration ttl;
    private int versions = 1;
    private boolean embedded;
    private @Nullable VectorIndexSettings vectors;

    private Builder() {}

    /** The most entries, 0 for no limit. */
    public Builder maxEntries(long count) {
      this.maxEntries = count;
      return this;
    }

    /** The most bytes, 0 for no limit. */
    public Builder maxBytes(long bytes) {
      this.maxBytes = bytes;
      return this;
    }

    /** How long entries live that don't say it, {@code null} for ever. */
    public Builder ttl(@Nullable Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    /** How many versions of an entry are kept. */
    public Builder versions(int count) {
      this.versions = count;
      return this;
    }

    /** Whether texts get a vector when they are put. */
    public Builder embedded(boolean embedded) {
      this.embedded = embedded;
      return this;
    }

    /** The index for similarity. */
    public Builder vectors(@Nullable VectorIndexSettings settings) {
      this.vectors = settings;
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public MemoryNamespaceSettings build() {
      return new MemoryNamespaceSettings(
          this.maxEntries, this.maxBytes, this.ttl, this.versions, this.embedded, this.vectors);
    }
  }
}
