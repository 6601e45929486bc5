/** What the endpoint of modules shows of channels. */
@NullMarked
package io.github.wasmspring.autoconfigure.channel.endpoint;

import org.jspecify.annotations.NullMarked;
