/** Signatures of modules in the format of minisign. */
@NullMarked
package io.github.wasmspring.internal.signature;

import org.jspecify.annotations.NullMarked;
