/** Splits functions that HotSpot would not compile for their size. */
@NullMarked
package io.github.wasmspring.internal.split;

import org.jspecify.annotations.NullMarked;
