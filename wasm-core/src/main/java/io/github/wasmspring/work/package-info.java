/** Calls that answer later: queues, priorities, threads, cancellation. */
@NullMarked
package io.github.wasmspring.work;

import org.jspecify.annotations.NullMarked;
