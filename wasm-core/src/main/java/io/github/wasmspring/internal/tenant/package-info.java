/** What tenants have and may have, kept while their calls run. */
@NullMarked
package io.github.wasmspring.internal.tenant;

import org.jspecify.annotations.NullMarked;
