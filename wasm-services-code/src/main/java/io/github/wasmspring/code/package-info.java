/** JavaScript, TypeScript and what stands beside them, as data that modules work on. */
@NullMarked
package io.github.wasmspring.code;

import org.jspecify.annotations.NullMarked;
