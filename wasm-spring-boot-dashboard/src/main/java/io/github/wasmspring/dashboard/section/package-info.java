/** What the dashboard shows of plug-ins, tenants and rollouts. */
@NullMarked
package io.github.wasmspring.dashboard.section;

import org.jspecify.annotations.NullMarked;
