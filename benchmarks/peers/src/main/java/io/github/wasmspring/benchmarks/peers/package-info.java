/** Other ways to run WebAssembly on a JVM. */
@NullMarked
package io.github.wasmspring.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
