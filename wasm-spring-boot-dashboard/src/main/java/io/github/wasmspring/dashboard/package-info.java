/** What other parts of an application show on the dashboard, and let an operator do there. */
@NullMarked
package io.github.wasmspring.dashboard;

import org.jspecify.annotations.NullMarked;
