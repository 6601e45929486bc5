/** The kernels of the bundled modules by JMH, and the table of them beside their peers. */
@NullMarked
package io.github.wasmspring.benchmarks.modules;

import org.jspecify.annotations.NullMarked;
