/** The endpoint of modules that are installed while the application runs. */
@NullMarked
package io.github.wasmspring.autoconfigure.plugin.endpoint;

import org.jspecify.annotations.NullMarked;
