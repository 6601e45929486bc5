package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleExport;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions that a module exports, which the host counts from 0 on. */
public final class ExportedFunctions {

  private static final String PROGRAM = "_start";

  private final Map<String, WasmExportedFunction> byName = new LinkedHashMap<>();
  private final Map<Integer, String> names = new LinkedHashMap<>();
  private final int[] indices;

  public ExportedFunctions(ModuleFacts facts) {
    for (ModuleExport export : facts.exports()) {
      if (export.type() instanceof ExternalType.Function function) {
        this.byName.put(
            export.name(),
            new WasmExportedFunction(
                export.name(),
                this.byName.size(),
                Objects.requireNonNull(DeclaredTypes.function(function.signature()))));
        this.names.putIfAbsent(export.index(), export.name());
      }
    }
    this.indices =
        facts.exports().stream()
            .filter(export -> export.type() instanceof ExternalType.Function)
            .mapToInt(ModuleExport::index)
            .toArray();
  }

  public Map<String, WasmExportedFunction> byName() {
    return Collections.unmodifiableMap(this.byName);
  }

  /** {@code null} if there is none of the name. */
  public @Nullable WasmExportedFunction named(String name) {
    return this.byName.get(name);
  }

  public int count() {
    return this.indices.length;
  }

  /** The index that a function has in the module. */
  public int index(int export) {
    return this.indices[export];
  }

  /** The first name of a function of the module, {@code null} if it is not exported. */
  public @Nullable String nameOf(int function) {
    return this.names.get(function);
  }

  /** Whether it is the main function of a program, which is over with it. */
  public boolean isProgram(int export) {
    WasmExportedFunction program = this.byName.get(PROGRAM);
    return program != null && program.index() == export;
  }
}
