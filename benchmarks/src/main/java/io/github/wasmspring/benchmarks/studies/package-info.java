/**
 * Measurements that need processes, threads or clocks of their own, a class for each; see
 * docs/performance.md.
 */
@NullMarked
package io.github.wasmspring.benchmarks.studies;

import org.jspecify.annotations.NullMarked;
