/** Auto-configuration of modules, engine and manager. */
@NullMarked
package io.github.wasmspring.autoconfigure;

import org.jspecify.annotations.NullMarked;
