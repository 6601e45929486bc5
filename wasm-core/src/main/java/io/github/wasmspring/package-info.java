/**
 * Annotations, values and exceptions that every user of the starter meets; imports no other package
 * of this library.
 */
@NullMarked
package io.github.wasmspring;

import org.jspecify.annotations.NullMarked;
