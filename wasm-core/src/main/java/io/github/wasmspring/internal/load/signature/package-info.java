/** Signatures of modules in the format of minisign. */
@NullMarked
package io.github.wasmspring.internal.load.signature;

import org.jspecify.annotations.NullMarked;
