/** Rows in chunks of columns: transformed, grouped, sorted and joined by a WebAssembly module. */
@NullMarked
package io.github.wasmspring.data;

import org.jspecify.annotations.NullMarked;
