/** Whether one commit is slower than another. */
@NullMarked
package io.github.wasmspring.benchmarks.regression;

import org.jspecify.annotations.NullMarked;
