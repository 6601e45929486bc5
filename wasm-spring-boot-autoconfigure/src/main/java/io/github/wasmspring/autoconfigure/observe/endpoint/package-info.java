/** The endpoints that profile modules and say what could be better. */
@NullMarked
package io.github.wasmspring.autoconfigure.observe.endpoint;

import org.jspecify.annotations.NullMarked;
