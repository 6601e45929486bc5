/** Health of modules. */
@NullMarked
package io.github.wasmspring.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
