/** Auto-configuration of SQLite as a data source, with its dialect for Spring Data JDBC. */
@NullMarked
package io.github.wasmspring.autoconfigure.sqlite;

import org.jspecify.annotations.NullMarked;
