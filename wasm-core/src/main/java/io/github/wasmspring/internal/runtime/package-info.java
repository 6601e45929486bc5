/** All parts of a runtime, put together. */
@NullMarked
package io.github.wasmspring.internal.runtime;

import org.jspecify.annotations.NullMarked;
