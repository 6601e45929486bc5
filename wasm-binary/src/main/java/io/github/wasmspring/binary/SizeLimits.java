package io.github.wasmspring.binary;

import org.jspecify.annotations.Nullable;

/**
 * The least and the most that a table or a memory has, as unsigned numbers.
 *
 * @param maximum {@code null} for none
 * @param shared between threads
 * @param is64 whether it is addressed by {@code i64}
 */
public record SizeLimits(long minimum, @Nullable Long maximum, boolean shared, boolean is64) {}
