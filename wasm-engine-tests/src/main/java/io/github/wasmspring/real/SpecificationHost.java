package io.github.wasmspring.real;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmNewImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.List;

/** What the official test suite wants of its host. */
final class SpecificationHost {

  static final List<WasmProvidedImport> IMPORTS =
      List.of(
          print("print"),
          print("print_i32", WasmValueType.I32),
          print("print_i64", WasmValueType.I64),
          print("print_f32", WasmValueType.F32),
          print("print_f64", WasmValueType.F64),
          print("print_i32_f32", WasmValueType.I32, WasmValueType.F32),
          print("print_f64_f64", WasmValueType.F64, WasmValueType.F64),
          WasmGlobalDefinition.constant("spectest", "global_i32", 666),
          WasmGlobalDefinition.constant("spectest", "global_i64", 666L),
          WasmGlobalDefinition.constant("spectest", "global_f32", 666.6f),
          WasmGlobalDefinition.constant("spectest", "global_f64", 666.6),
          new WasmNewImport("spectest", "memory", "memory"),
          new WasmNewImport("spectest", "table", "table"),
          new WasmNewImport("spectest", "table64", "table"));

  private SpecificationHost() {}

  private static WasmImportDefinition print(String name, WasmValueType... parameters) {
    return new WasmImportDefinition(
        "spectest",
        name,
        new WasmFunctionType(List.of(parameters), List.of()),
        (caller, arguments) -> new long[0]);
  }
}
