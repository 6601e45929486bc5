/** Signatures of sigstore beside those of minisign. */
@NullMarked
package io.github.wasmspring.autoconfigure.sigstore;

import org.jspecify.annotations.NullMarked;
