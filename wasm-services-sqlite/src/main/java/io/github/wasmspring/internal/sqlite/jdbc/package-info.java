/** JDBC over a guest: the parts of it that frameworks use. */
@NullMarked
package io.github.wasmspring.internal.sqlite.jdbc;

import org.jspecify.annotations.NullMarked;
