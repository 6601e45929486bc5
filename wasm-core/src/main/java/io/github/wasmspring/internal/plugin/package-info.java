/** Plug-ins on disk, and what becomes of them while the application runs. */
@NullMarked
package io.github.wasmspring.internal.plugin;

import org.jspecify.annotations.NullMarked;
