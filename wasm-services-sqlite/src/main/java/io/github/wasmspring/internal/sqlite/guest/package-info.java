/** SQLite as a guest: a connection each, with a memory of its own. */
@NullMarked
package io.github.wasmspring.internal.sqlite.guest;

import org.jspecify.annotations.NullMarked;
