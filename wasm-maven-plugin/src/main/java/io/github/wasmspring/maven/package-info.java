/** Goals for builds with Maven. */
@NullMarked
package io.github.wasmspring.maven;

import org.jspecify.annotations.NullMarked;
