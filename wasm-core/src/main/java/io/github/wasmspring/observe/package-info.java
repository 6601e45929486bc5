/** Figures about modules for meters, health and endpoints. */
@NullMarked
package io.github.wasmspring.observe;

import org.jspecify.annotations.NullMarked;
