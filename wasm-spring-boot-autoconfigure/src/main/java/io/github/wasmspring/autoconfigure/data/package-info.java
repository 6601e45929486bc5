/** Auto-configuration of the data processor. */
@NullMarked
package io.github.wasmspring.autoconfigure.data;

import org.jspecify.annotations.NullMarked;
