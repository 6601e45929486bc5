/** The hostile modules of the tests, ready to be registered, and what they do. */
@NullMarked
package io.github.wasmspring.verification.hostile;

import org.jspecify.annotations.NullMarked;
