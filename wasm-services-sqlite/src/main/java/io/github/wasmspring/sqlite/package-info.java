/** SQLite as WebAssembly, through JDBC. */
@NullMarked
package io.github.wasmspring.sqlite;

import org.jspecify.annotations.NullMarked;
