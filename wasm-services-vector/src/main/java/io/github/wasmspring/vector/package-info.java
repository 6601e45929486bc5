/** Indexes of vectors, searched by a WebAssembly module, or by Java with the same exact answers. */
@NullMarked
package io.github.wasmspring.vector;

import org.jspecify.annotations.NullMarked;
