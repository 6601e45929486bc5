/**
 * The binary format of WebAssembly. The bytes of a module come in; {@link
 * io.github.wasmspring.binary.ModuleFacts} go out, or {@link
 * io.github.wasmspring.binary.WasmBinaryException} says where the bytes are wrong. Nothing here
 * knows an engine, a setting or Spring.
 */
@NullMarked
package io.github.wasmspring.binary;

import org.jspecify.annotations.NullMarked;
