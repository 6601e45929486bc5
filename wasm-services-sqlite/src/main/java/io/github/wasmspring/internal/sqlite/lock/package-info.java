/** Who may read and write a database's file: the guests of this process, and other processes. */
@NullMarked
package io.github.wasmspring.internal.sqlite.lock;

import org.jspecify.annotations.NullMarked;
