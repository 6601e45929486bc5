/** Every way to run WebAssembly on this machine, on the same work; see docs/performance.md. */
@NullMarked
package io.github.wasmspring.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
