/**
 * Whose turn it is, by measurement: where a module and its Java fallback can both answer, what each
 * takes is measured per operation and size of input, and the quicker one answers.
 */
@NullMarked
package io.github.wasmspring.internal.adaptive;

import org.jspecify.annotations.NullMarked;
