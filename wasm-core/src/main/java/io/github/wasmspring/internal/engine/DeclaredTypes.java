package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.FunctionType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.ModuleImport;
import io.github.wasmspring.binary.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types that the bytes of a module tell, as the types of functions and globals here. */
public final class DeclaredTypes {

  private DeclaredTypes() {}

  public static @Nullable WasmFunctionType function(@Nullable FunctionType type) {
    return type == null
        ? null
        : new WasmFunctionType(values(type.parameters()), values(type.results()));
  }

  /** What a module imports, in its order. */
  public static List<WasmImportedItem> imports(ModuleFacts module) {
    return module.imports().stream().map(DeclaredTypes::imported).toList();
  }

  private static WasmImportedItem imported(ModuleImport item) {
    ExternalType type = item.type();
    return new WasmImportedItem(
        item.module(),
        item.name(),
        type instanceof ExternalType.Function ? "function" : type.kind(),
        type instanceof ExternalType.Function function ? function(function.signature()) : null,
        type instanceof ExternalType.Global global ? global(global) : null);
  }

  /** The type of an exported function, {@code null} if there is none of the name. */
  public static @Nullable WasmFunctionType export(ModuleFacts module, String name) {
    return module.exports().stream()
        .filter(export -> export.name().equals(name))
        .map(export -> export.type() instanceof ExternalType.Function type ? type : null)
        .map(type -> type == null ? null : function(type.signature()))
        .findFirst()
        .orElse(null);
  }

  public static WasmGlobalType global(ExternalType.Global type) {
    return new WasmGlobalType(value(type.value()), type.mutable());
  }

  private static List<WasmValueType> values(List<ValueType> types) {
    return types.stream().map(DeclaredTypes::value).toList();
  }

  public static WasmValueType value(ValueType type) {
    if (type.equals(ValueType.I32)) {
      return WasmValueType.I32;
    }
    if (type.equals(ValueType.I64)) {
      return WasmValueType.I64;
    }
    if (type.equals(ValueType.F32)) {
      return WasmValueType.F32;
    }
    if (type.equals(ValueType.F64)) {
      return WasmValueType.F64;
    }
    if (type.equals(ValueType.V128)) {
      return WasmValueType.V128;
    }
    if (type.equals(ValueType.FUNCREF)) {
      return WasmValueType.FUNCREF;
    }
    return type.equals(ValueType.EXTERNREF) ? WasmValueType.EXTERNREF : WasmValueType.REF;
  }
}
