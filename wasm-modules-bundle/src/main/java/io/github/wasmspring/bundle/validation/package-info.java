/** Checks of widespread formats, and JSON Schema. */
@NullMarked
package io.github.wasmspring.bundle.validation;

import org.jspecify.annotations.NullMarked;
