/** From a function's bytes to the instructions of a method, in one pass. */
@NullMarked
package io.github.wasmspring.internal.engine.jvm.code;

import org.jspecify.annotations.NullMarked;
