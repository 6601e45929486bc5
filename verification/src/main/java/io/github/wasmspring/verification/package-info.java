/** What the soak and the hostile modules share. */
@NullMarked
package io.github.wasmspring.verification;

import org.jspecify.annotations.NullMarked;
