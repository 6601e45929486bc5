/**
 * Everything put together: the assembly for programs without Spring, loading ahead of the first
 * call, and the warm-up. Whoever is here may know every other package but {@code observe}.
 */
@NullMarked
package io.github.wasmspring.runtime;

import org.jspecify.annotations.NullMarked;
