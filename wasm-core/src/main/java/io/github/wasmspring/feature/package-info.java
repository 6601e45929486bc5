/** What a module needs of the engine that runs it, told from its bytes. */
@NullMarked
package io.github.wasmspring.feature;

import org.jspecify.annotations.NullMarked;
