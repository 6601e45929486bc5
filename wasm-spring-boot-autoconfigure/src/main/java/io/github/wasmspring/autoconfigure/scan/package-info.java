/** Finds types that are marked as modules and makes beans and modules of them. */
@NullMarked
package io.github.wasmspring.autoconfigure.scan;

import org.jspecify.annotations.NullMarked;
