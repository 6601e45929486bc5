/** Auto-configuration of vector search. */
@NullMarked
package io.github.wasmspring.autoconfigure.vector;

import org.jspecify.annotations.NullMarked;
