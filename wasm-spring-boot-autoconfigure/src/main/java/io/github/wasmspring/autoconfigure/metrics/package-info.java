/** Micrometer meters of modules and calls. */
@NullMarked
package io.github.wasmspring.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
