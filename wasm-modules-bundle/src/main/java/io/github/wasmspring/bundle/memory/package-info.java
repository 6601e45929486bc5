/**
 * The memory module: its interface, and what its operations answer where the module does not run.
 */
@NullMarked
package io.github.wasmspring.bundle.memory;

import org.jspecify.annotations.NullMarked;
