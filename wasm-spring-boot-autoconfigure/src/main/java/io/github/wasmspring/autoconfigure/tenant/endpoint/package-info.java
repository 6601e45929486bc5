/** What the endpoint of modules shows of tenants. */
@NullMarked
package io.github.wasmspring.autoconfigure.tenant.endpoint;

import org.jspecify.annotations.NullMarked;
