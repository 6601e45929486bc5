/** A small application on the starter: JSON and text tools, and a module of its own. */
@NullMarked
package io.github.wasmspring.sample;

import org.jspecify.annotations.NullMarked;
