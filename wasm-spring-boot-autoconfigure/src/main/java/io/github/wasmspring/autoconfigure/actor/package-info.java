/** Auto-configuration of actors. */
@NullMarked
package io.github.wasmspring.autoconfigure.actor;

import org.jspecify.annotations.NullMarked;
