/** Auto-configuration of modules that are installed while the application runs. */
@NullMarked
package io.github.wasmspring.autoconfigure.plugin;

import org.jspecify.annotations.NullMarked;
