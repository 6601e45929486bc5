/** What is said of properties that nobody reads. */
@NullMarked
package io.github.wasmspring.autoconfigure.check;

import org.jspecify.annotations.NullMarked;
