/** What Spring's own libraries do with a database of SQLite. */
@NullMarked
package io.github.wasmspring.autoconfigure.sqlite;

import org.jspecify.annotations.NullMarked;
