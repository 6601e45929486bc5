/** What a call may use: deadlines and who enforces them. */
@NullMarked
package io.github.wasmspring.sandbox;

import org.jspecify.annotations.NullMarked;
