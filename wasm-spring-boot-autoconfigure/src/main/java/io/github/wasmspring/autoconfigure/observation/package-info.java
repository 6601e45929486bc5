/** Calls of modules as Micrometer observations, so that traces show them. */
@NullMarked
package io.github.wasmspring.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
