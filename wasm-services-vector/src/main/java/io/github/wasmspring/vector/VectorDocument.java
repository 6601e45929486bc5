package io.github.wasmspring.vector;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in an index.
 *
 * @param id not empty, at most 512 characters
 * @param vector as many finite numbers as the index has dimensions; not copied here, but when it is
 *     kept
 * @param text what the vector is of, {@code null} for nothing
 * @param metadata to filter by: texts, numbers of the JDK, booleans, {@link java.time.Instant}s and
 *     {@link java.time.LocalDate}s, and lists and maps of these
 */
public record VectorDocument(
    String id, float[] vector, @Nullable String text, Map<String, Object> metadata) {

  public VectorDocument {
    Objects.requireNonNull(id, "A document needs an id");
    Objects.requireNonNull(vector, "A document needs a vector");
    Objects.requireNonNull(metadata, "Metadata may be empty, but not null");
  }

  public VectorDocument(String id, float[] vector) {
    this(id, vector, null, Map.of());
  }

  public VectorDocument(String id, float[] vector, Map<String, Object> metadata) {
    this(id, vector, null, metadata);
  }
}
