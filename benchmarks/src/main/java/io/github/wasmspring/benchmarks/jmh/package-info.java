/** What calls, batches and the choice of a side cost, by JMH. */
@NullMarked
package io.github.wasmspring.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
