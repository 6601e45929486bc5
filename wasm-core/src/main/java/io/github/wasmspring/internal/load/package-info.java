/** The loader, and the locations that it knows: class path, files, HTTP. */
@NullMarked
package io.github.wasmspring.internal.load;

import org.jspecify.annotations.NullMarked;
