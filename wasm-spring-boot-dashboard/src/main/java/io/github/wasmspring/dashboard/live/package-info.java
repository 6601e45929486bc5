/** Who looks, and what they are told while they do. */
@NullMarked
package io.github.wasmspring.dashboard.live;

import org.jspecify.annotations.NullMarked;
