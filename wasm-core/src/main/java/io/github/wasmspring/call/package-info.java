/** One invocation: how Java values cross into a module and back. */
@NullMarked
package io.github.wasmspring.call;

import org.jspecify.annotations.NullMarked;
