/** Circuit breakers of resilience4j in place of quarantines. */
@NullMarked
package io.github.wasmspring.autoconfigure.resilience;

import org.jspecify.annotations.NullMarked;
