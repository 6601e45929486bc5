/** Chains of module operations and Java functions, declared once and run many times. */
@NullMarked
package io.github.wasmspring.pipeline;

import org.jspecify.annotations.NullMarked;
