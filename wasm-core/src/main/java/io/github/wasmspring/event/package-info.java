/** What happens to modules and calls, as events and listeners. */
@NullMarked
package io.github.wasmspring.event;

import org.jspecify.annotations.NullMarked;
