package io.github.wasmspring.internal.split;

/**
 * A function made of a region.
 *
 * @param function the new function
 * @param index its index in the module
 */
record Piece(FunctionCode function, int index) {}
