/** Auto-configuration of the code services. */
@NullMarked
package io.github.wasmspring.autoconfigure.code;

import org.jspecify.annotations.NullMarked;
