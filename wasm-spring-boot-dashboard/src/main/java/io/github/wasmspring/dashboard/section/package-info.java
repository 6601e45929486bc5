/** What the dashboard shows of plug-ins and rollouts. */
@NullMarked
package io.github.wasmspring.dashboard.section;

import org.jspecify.annotations.NullMarked;
