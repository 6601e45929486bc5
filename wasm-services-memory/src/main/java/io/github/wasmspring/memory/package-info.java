/** What agents remember, in namespaces of a database. */
@NullMarked
package io.github.wasmspring.memory;

import org.jspecify.annotations.NullMarked;
