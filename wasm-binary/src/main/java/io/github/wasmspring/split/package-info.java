/**
 * Splits functions that are too big for HotSpot's compilers: bytes of a module in, bytes of a
 * module out that does the same.
 */
@NullMarked
package io.github.wasmspring.split;

import org.jspecify.annotations.NullMarked;
