/** What the endpoint of modules shows of agent memory. */
@NullMarked
package io.github.wasmspring.autoconfigure.memory.endpoint;

import org.jspecify.annotations.NullMarked;
