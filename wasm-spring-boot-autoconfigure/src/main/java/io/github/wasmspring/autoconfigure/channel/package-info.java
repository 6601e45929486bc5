/** Auto-configuration of the channels between modules. */
@NullMarked
package io.github.wasmspring.autoconfigure.channel;

import org.jspecify.annotations.NullMarked;
