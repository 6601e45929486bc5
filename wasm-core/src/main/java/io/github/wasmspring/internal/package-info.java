/**
 * What all rooms of the runtime need and nobody else: everything below this package may change with
 * any release.
 */
@NullMarked
package io.github.wasmspring.internal;

import org.jspecify.annotations.NullMarked;
