package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmExternalKind;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.SizeLimits;

/** What is said of the types of imports and exports. */
public final class ExternalTypes {

  private ExternalTypes() {}

  public static WasmExternalKind kind(ExternalType type) {
    if (type instanceof ExternalType.Function) {
      return WasmExternalKind.FUNCTION;
    } else if (type instanceof ExternalType.Memory) {
      return WasmExternalKind.MEMORY;
    } else if (type instanceof ExternalType.Table) {
      return WasmExternalKind.TABLE;
    }
    return type instanceof ExternalType.Global ? WasmExternalKind.GLOBAL : WasmExternalKind.TAG;
  }

  /** See {@link io.github.wasmspring.module.WasmExternalValue#describe}. */
  public static String describe(ExternalType type) {
    if (type instanceof ExternalType.Function function) {
      return String.valueOf(function.signature());
    } else if (type instanceof ExternalType.Memory memory) {
      String pages =
          memory.pageSizeLog2() == 16
              ? ""
              : " (pagesize %d)".formatted(1L << memory.pageSizeLog2());
      return "(memory %s%s)".formatted(describe(memory.size()), pages);
    } else if (type instanceof ExternalType.Table table) {
      return "(table %s %s)".formatted(describe(table.size()), table.element());
    } else if (type instanceof ExternalType.Global global) {
      return (global.mutable() ? "(global (mut %s))" : "(global %s)").formatted(global.value());
    }
    return "(tag %s)".formatted(((ExternalType.Tag) type).signature());
  }

  private static String describe(SizeLimits size) {
    return (size.is64() ? "i64 " : "")
        + Long.toUnsignedString(size.minimum())
        + (size.maximum() == null ? "" : " " + Long.toUnsignedString(size.maximum()))
        + (size.shared() ? " shared" : "");
  }
}
