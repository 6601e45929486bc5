/** Explains why an application did not start. */
@NullMarked
package io.github.wasmspring.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
