/** Who calls are made for, and what each may have of all modules together. */
@NullMarked
package io.github.wasmspring.tenant;

import org.jspecify.annotations.NullMarked;
