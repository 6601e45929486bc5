/** Streams of figures: how they are spread, how they change, and when they become worse. */
@NullMarked
package io.github.wasmspring.monitor;

import org.jspecify.annotations.NullMarked;
