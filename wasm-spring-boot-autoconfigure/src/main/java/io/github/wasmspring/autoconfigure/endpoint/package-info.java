/** The actuator endpoint of modules, to which other rooms add what they show. */
@NullMarked
package io.github.wasmspring.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
