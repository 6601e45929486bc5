/** Flyway's migrations of databases that the driver opens. Nothing else knows Flyway. */
@NullMarked
package io.github.wasmspring.internal.sqlite.flyway;

import org.jspecify.annotations.NullMarked;
