/**
 * What several studies share: the data that is worked on, and the pages that figures are written
 * to.
 */
@NullMarked
package io.github.wasmspring.benchmarks;

import org.jspecify.annotations.NullMarked;
