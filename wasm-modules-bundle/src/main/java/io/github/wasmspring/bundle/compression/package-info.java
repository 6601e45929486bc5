/** The compression module: its interfaces, and what its operations answer in Java. */
@NullMarked
package io.github.wasmspring.bundle.compression;

import org.jspecify.annotations.NullMarked;
