/** The meters of channels. */
@NullMarked
package io.github.wasmspring.autoconfigure.channel.metrics;

import org.jspecify.annotations.NullMarked;
