package io.github.wasmspring.sandbox;

import io.github.wasmspring.engine.WasmCode;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What runs in a call, for those who look at it from outside.
 *
 * @param module its id
 * @param code what stack traces are read with
 * @param names reads the names that the module gives its functions, by index; may take as long as
 *     loading the module
 */
public record GuestProgram(String module, WasmCode code, Supplier<Map<Integer, String>> names) {}
