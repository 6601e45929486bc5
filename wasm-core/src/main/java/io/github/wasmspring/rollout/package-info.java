/** Other code takes the place of a module while calls of it run. */
@NullMarked
package io.github.wasmspring.rollout;

import org.jspecify.annotations.NullMarked;
