/**
 * Validates modules as the specification says: bytes that {@link
 * io.github.wasmspring.binary.ModuleFacts} were read of come in, and go through or are refused with
 * the place and the reason. What an engine needs to know of a function meanwhile, {@link
 * io.github.wasmspring.validate.FunctionValidator} tells instruction by instruction.
 */
@NullMarked
package io.github.wasmspring.validate;

import org.jspecify.annotations.NullMarked;
