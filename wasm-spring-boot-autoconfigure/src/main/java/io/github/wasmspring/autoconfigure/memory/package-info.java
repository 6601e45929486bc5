/** Auto-configuration of agent memory. */
@NullMarked
package io.github.wasmspring.autoconfigure.memory;

import org.jspecify.annotations.NullMarked;
