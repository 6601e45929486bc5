/** The actuator endpoint of modules. */
@NullMarked
package io.github.wasmspring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
