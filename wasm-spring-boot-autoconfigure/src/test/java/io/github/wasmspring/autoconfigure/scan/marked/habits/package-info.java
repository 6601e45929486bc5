/** Marked types that may be beans. */
@NullMarked
package io.github.wasmspring.autoconfigure.scan.marked.habits;

import org.jspecify.annotations.NullMarked;
