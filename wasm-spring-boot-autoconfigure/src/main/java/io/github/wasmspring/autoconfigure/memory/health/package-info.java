/** Health of agent memory. */
@NullMarked
package io.github.wasmspring.autoconfigure.memory.health;

import org.jspecify.annotations.NullMarked;
