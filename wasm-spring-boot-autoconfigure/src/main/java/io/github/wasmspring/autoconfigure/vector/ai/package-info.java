/** Vector search as Spring AI's vector store. */
@NullMarked
package io.github.wasmspring.autoconfigure.vector.ai;

import org.jspecify.annotations.NullMarked;
