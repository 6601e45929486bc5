/** Random modules on several engines, whose answers must be the same. */
@NullMarked
package io.github.wasmspring.verification.engines;

import org.jspecify.annotations.NullMarked;
