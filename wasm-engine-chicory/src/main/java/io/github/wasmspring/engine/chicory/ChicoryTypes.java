package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.WasmValueType;
import java.util.List;

/** Between the types of Chicory and ours. */
final class ChicoryTypes {

  private ChicoryTypes() {}

  static WasmFunctionType functionType(FunctionType type) {
    return new WasmFunctionType(valueTypes(type.params()), valueTypes(type.returns()));
  }

  static FunctionType functionType(WasmFunctionType type) {
    return FunctionType.of(valTypes(type.params()), valTypes(type.results()));
  }

  static WasmGlobalType globalType(GlobalImport global) {
    return globalType(global.type(), global.mutabilityType());
  }

  static WasmGlobalType globalType(ValType type, MutabilityType mutability) {
    return new WasmGlobalType(valueType(type), mutability == MutabilityType.Var);
  }

  private static List<WasmValueType> valueTypes(List<ValType> types) {
    return types.stream().map(ChicoryTypes::valueType).toList();
  }

  static WasmValueType valueType(ValType type) {
    if (type.equals(ValType.I32)) {
      return WasmValueType.I32;
    } else if (type.equals(ValType.I64)) {
      return WasmValueType.I64;
    } else if (type.equals(ValType.F32)) {
      return WasmValueType.F32;
    } else if (type.equals(ValType.F64)) {
      return WasmValueType.F64;
    } else if (type.equals(ValType.V128)) {
      return WasmValueType.V128;
    } else if (type.equals(ValType.FuncRef)) {
      return WasmValueType.FUNCREF;
    } else if (type.equals(ValType.ExternRef)) {
      return WasmValueType.EXTERNREF;
    }
    return WasmValueType.REF;
  }

  private static List<ValType> valTypes(List<WasmValueType> types) {
    return types.stream().map(ChicoryTypes::valType).toList();
  }

  static ValType valType(WasmValueType type) {
    return switch (type) {
      case I32 -> ValType.I32;
      case I64 -> ValType.I64;
      case F32 -> ValType.F32;
      case F64 -> ValType.F64;
      case V128 -> ValType.V128;
      case FUNCREF -> ValType.FuncRef;
      case EXTERNREF -> ValType.ExternRef;
      case REF -> ValType.AnyRef;
    };
  }
}
