/** The meters of agent memory. */
@NullMarked
package io.github.wasmspring.autoconfigure.memory.metrics;

import org.jspecify.annotations.NullMarked;
