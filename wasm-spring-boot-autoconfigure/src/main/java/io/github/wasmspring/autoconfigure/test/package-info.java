/** For tests of applications. */
@NullMarked
package io.github.wasmspring.autoconfigure.test;

import org.jspecify.annotations.NullMarked;
