package io.github.wasmspring.vector;

import org.jspecify.annotations.Nullable;

/**
 * A document comes, another one goes, or both.
 *
 * @param entering checked already, {@code null} for none
 * @param leaving {@code null} for none
 */
record VectorChange(@Nullable VectorDocument entering, @Nullable VectorEntry leaving) {}
