/** Pools of instances that never hand a broken or used-up instance on. */
@NullMarked
package io.github.wasmspring.internal.pool;

import org.jspecify.annotations.NullMarked;
