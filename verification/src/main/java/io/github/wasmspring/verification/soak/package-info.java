/** Real and hostile modules under thousands of callers, every answer checked. */
@NullMarked
package io.github.wasmspring.verification.soak;

import org.jspecify.annotations.NullMarked;
