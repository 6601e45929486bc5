/** The modules that come with the starter. */
@NullMarked
package io.github.wasmspring.bundle;

import org.jspecify.annotations.NullMarked;
