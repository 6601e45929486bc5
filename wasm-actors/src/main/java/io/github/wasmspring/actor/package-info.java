/** Actors whose behaviour is a module, or Java. */
@NullMarked
package io.github.wasmspring.actor;

import org.jspecify.annotations.NullMarked;
