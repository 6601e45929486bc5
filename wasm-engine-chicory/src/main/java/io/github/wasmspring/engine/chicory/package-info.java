/** The Chicory engine; the only package that imports it. */
@NullMarked
package io.github.wasmspring.engine.chicory;

import org.jspecify.annotations.NullMarked;
