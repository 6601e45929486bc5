/** What happens when a call fails: classification, retry, fallback and error figures. */
@NullMarked
package io.github.wasmspring.fallback;

import org.jspecify.annotations.NullMarked;
