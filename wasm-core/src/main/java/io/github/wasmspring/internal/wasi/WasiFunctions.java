package io.github.wasmspring.internal.wasi;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmHostFunction;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of WASI preview 1, all of them, for one module. */
final class WasiFunctions {

  static final String MODULE = "wasi_snapshot_preview1";

  private static final List<WasmValueType> ERRNO = List.of(WasmValueType.I32);

  /** Returns nothing, for it does not return. */
  private static final String EXIT = "proc_exit";

  private final WasmModuleDescriptor module;
  private final WriteTotal total;
  private final Map<String, WasmImportDefinition> functions = new HashMap<>();

  WasiFunctions(WasmModuleDescriptor module) {
    this.module = module;
    this.total = new WriteTotal(module.id(), module.settings().wasi().totalWriteLimit());
    ProcessFunctions.addTo(this);
    ClockFunctions.addTo(this);
    FileFunctions.addTo(this);
    PathFunctions.addTo(this);
    SocketFunctions.addTo(this);
  }

  /** {@code null} if WASI has no such function. */
  @Nullable WasmImportDefinition get(String name) {
    return this.functions.get(name);
  }

  /**
   * @param parameters a letter for each: {@code i} for {@code i32}, {@code I} for {@code i64}
   */
  void add(String name, String parameters, WasiFunction function) {
    add(name, parameters, new WasiHostFunction(this.module, this.total, function, false));
  }

  /** A function that only looks at the process, and is called often. */
  void addQuick(String name, String parameters, WasiFunction function) {
    add(name, parameters, new WasiHostFunction(this.module, this.total, function, true));
  }

  private void add(String name, String parameters, WasmHostFunction function) {
    List<WasmValueType> types = new ArrayList<>();
    for (char letter : parameters.toCharArray()) {
      types.add(letter == 'i' ? WasmValueType.I32 : WasmValueType.I64);
    }
    WasmFunctionType type = new WasmFunctionType(types, name.equals(EXIT) ? List.of() : ERRNO);
    this.functions.put(name, new WasmImportDefinition(MODULE, name, type, function));
  }

  /** A function that is there for modules to link, and always answers with an error. */
  void refuse(String name, String parameters, Errno errno) {
    add(
        name,
        parameters,
        call -> {
          throw new WasiError(errno);
        });
  }
}
