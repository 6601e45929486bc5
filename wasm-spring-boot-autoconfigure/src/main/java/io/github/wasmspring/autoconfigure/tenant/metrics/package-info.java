/** The meters of tenants. */
@NullMarked
package io.github.wasmspring.autoconfigure.tenant.metrics;

import org.jspecify.annotations.NullMarked;
