/** What is counted of the two sides of a rollout, and what is made of it. */
@NullMarked
package io.github.wasmspring.internal.rollout;

import org.jspecify.annotations.NullMarked;
