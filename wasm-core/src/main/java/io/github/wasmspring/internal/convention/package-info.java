/** The conventions that come with the library: how Java values cross into a module and back. */
@NullMarked
package io.github.wasmspring.internal.convention;

import org.jspecify.annotations.NullMarked;
