/** What Spring's processing ahead of time, and a native image after it, must know of modules. */
@NullMarked
package io.github.wasmspring.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
