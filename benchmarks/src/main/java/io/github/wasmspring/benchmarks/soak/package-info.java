/** Real and hostile modules under thousands of callers, every answer checked. */
@NullMarked
package io.github.wasmspring.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
