/** How what happens is told without telling too much. */
@NullMarked
package io.github.wasmspring.internal.event;

import org.jspecify.annotations.NullMarked;
