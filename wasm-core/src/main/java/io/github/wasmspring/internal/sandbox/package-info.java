/** What a call may use: deadlines, the memory budget, stacks, and who enforces them. */
@NullMarked
package io.github.wasmspring.internal.sandbox;

import org.jspecify.annotations.NullMarked;
