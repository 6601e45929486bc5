/** Checks of widespread formats. */
@NullMarked
package io.github.wasmspring.bundle.validation;

import org.jspecify.annotations.NullMarked;
