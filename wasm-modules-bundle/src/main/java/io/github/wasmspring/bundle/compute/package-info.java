/**
 * The compute module's Java side: what its operations answer where the module does not run.
 *
 * <p>Every class here adds and multiplies in the order in which the module does, and uses nothing
 * but IEEE 754's exactly rounded operations, so that both answer with the same bits.
 */
@NullMarked
package io.github.wasmspring.bundle.compute;

import org.jspecify.annotations.NullMarked;
