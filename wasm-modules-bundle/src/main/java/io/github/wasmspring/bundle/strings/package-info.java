/**
 * The string module's Java side: what its operations answer where the module does not run.
 *
 * <p>Positions count UTF-16 code units, as those of {@link String} do.
 */
@NullMarked
package io.github.wasmspring.bundle.strings;

import org.jspecify.annotations.NullMarked;
