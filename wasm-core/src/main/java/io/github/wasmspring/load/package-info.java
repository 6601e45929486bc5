/** From a location to verified bytes. */
@NullMarked
package io.github.wasmspring.load;

import org.jspecify.annotations.NullMarked;
