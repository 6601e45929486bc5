/** Modules that are installed, replaced, rolled back and removed while the application runs. */
@NullMarked
package io.github.wasmspring.plugin;

import org.jspecify.annotations.NullMarked;
