/**
 * QuickJS and SQLite as guests, on Chicory by hand and on this runtime: what splitting big
 * functions gains, and what it takes of the stack.
 */
@NullMarked
package io.github.wasmspring.benchmarks.programs;

import org.jspecify.annotations.NullMarked;
