/** Auto-configuration for all services behind one entry point. */
@NullMarked
package io.github.wasmspring.autoconfigure.services;

import org.jspecify.annotations.NullMarked;
