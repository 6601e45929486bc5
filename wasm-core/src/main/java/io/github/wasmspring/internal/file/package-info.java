/** Files that are this process's own. */
@NullMarked
package io.github.wasmspring.internal.file;

import org.jspecify.annotations.NullMarked;
