/** What runs engines, and what those of this library are made with. */
@NullMarked
package io.github.wasmspring.internal.engine;

import org.jspecify.annotations.NullMarked;
