package io.github.wasmspring.engine;

/**
 * A function of a module that had not returned.
 *
 * @param function see {@link WasmCode#functionAt}
 * @param offset see {@link WasmCode#offsetAt}
 */
public record WasmFrame(int function, int offset) {}
