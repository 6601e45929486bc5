/** What Java's flight recorder is told. */
@NullMarked
package io.github.wasmspring.internal.flight;

import org.jspecify.annotations.NullMarked;
