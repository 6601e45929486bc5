/** Engine-neutral compilation and instantiation of modules, and the cache of compiled code. */
@NullMarked
package io.github.wasmspring.engine;

import org.jspecify.annotations.NullMarked;
