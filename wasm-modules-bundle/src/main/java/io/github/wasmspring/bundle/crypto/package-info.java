/**
 * The crypto module: its interface, and what its operations answer where the module does not run.
 */
@NullMarked
package io.github.wasmspring.bundle.crypto;

import org.jspecify.annotations.NullMarked;
