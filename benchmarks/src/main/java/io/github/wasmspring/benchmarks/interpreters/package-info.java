/** QuickJS and SQLite as guests, on Chicory by hand and on this runtime. */
package io.github.wasmspring.benchmarks.interpreters;
