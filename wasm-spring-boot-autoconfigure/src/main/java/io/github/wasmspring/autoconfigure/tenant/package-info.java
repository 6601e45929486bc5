/** Tenants, and how calls are told to belong to one. */
@NullMarked
package io.github.wasmspring.autoconfigure.tenant;

import org.jspecify.annotations.NullMarked;
