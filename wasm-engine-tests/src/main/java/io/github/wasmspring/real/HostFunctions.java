package io.github.wasmspring.real;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmImportDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/** Shorthands for modules of the C world, where everything is an i32. */
final class HostFunctions {

  private HostFunctions() {}

  static WasmImportDefinition ints(
      String name, int parameters, boolean result, WasmHostFunction function) {
    return new WasmImportDefinition(
        "env",
        name,
        new WasmFunctionType(
            Collections.nCopies(parameters, WasmValueType.I32),
            result ? List.of(WasmValueType.I32) : List.of()),
        function);
  }

  static int call(WasmSession session, String export, int... arguments) {
    long[] raw = new long[arguments.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = arguments[i];
    }
    return (int) session.call(export, raw)[0];
  }

  static String text(WasmMemory memory, int address) {
    int end = address;
    while (memory.readByte(end) != 0) {
      end++;
    }
    return new String(memory.read(address, end - address), StandardCharsets.UTF_8);
  }
}
