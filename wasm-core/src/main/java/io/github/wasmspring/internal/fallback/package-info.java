/** What is counted and called when a call fails. */
@NullMarked
package io.github.wasmspring.internal.fallback;

import org.jspecify.annotations.NullMarked;
