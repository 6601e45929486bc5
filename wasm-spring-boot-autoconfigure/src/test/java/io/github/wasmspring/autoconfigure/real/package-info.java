/** Modules that others wrote, as an application uses them. */
@NullMarked
package io.github.wasmspring.autoconfigure.real;

import org.jspecify.annotations.NullMarked;
