/** JMH benchmarks; see docs/performance.md for how to run them and what they said. */
@NullMarked
package io.github.wasmspring.benchmarks;

import org.jspecify.annotations.NullMarked;
