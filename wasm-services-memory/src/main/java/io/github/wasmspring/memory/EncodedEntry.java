package io.github.wasmspring.memory;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it goes into the database.
 *
 * @param row without its version
 * @param vector {@code null} for none
 * @param vectorChecksum of the vector, 0 without
 */
record EncodedEntry(
    RawEntry row, Set<String> tags, float @Nullable [] vector, long vectorChecksum) {

  /** What it takes of the quota. */
  long cost() {
    return this.row.key().getBytes(StandardCharsets.UTF_8).length
        + this.row.tags().getBytes(StandardCharsets.UTF_8).length
        + this.row.value().length
        + (this.vector == null ? 0L : (long) this.vector.length * Float.BYTES);
  }
}
