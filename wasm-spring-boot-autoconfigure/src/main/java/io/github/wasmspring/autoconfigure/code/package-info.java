/** Auto-configuration of what works on code. */
@NullMarked
package io.github.wasmspring.autoconfigure.code;

import org.jspecify.annotations.NullMarked;
