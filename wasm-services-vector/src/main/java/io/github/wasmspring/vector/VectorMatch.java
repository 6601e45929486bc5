package io.github.wasmspring.vector;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that was found.
 *
 * @param score see {@link VectorMetric}; the higher, the nearer
 * @param text {@code null} if it was kept without
 * @param metadata unmodifiable
 */
public record VectorMatch(
    String id, float score, @Nullable String text, Map<String, Object> metadata) {}
