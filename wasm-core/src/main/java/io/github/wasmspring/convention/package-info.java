/** One invocation: how Java values cross into a module and back. */
@NullMarked
package io.github.wasmspring.convention;

import org.jspecify.annotations.NullMarked;
