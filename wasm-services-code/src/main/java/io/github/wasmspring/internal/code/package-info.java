/** JavaScript in the module {@code quickjs}: how it is called, and what it is given. */
@NullMarked
package io.github.wasmspring.internal.code;

import org.jspecify.annotations.NullMarked;
