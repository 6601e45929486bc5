/** An application that is processed ahead of time. */
@NullMarked
package io.github.wasmspring.autoconfigure.aot.application;

import org.jspecify.annotations.NullMarked;
