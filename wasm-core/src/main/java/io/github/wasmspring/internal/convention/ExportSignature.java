package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.module.WasmOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the export of an operation and checks that both fit. */
final class ExportSignature {

  private ExportSignature() {}

  /**
   * @param expected what the operation needs, with alternatives where there are any
   */
  static WasmExportedFunction require(
      WasmCode code, WasmOperation operation, List<WasmFunctionType> expected) {
    WasmExportedFunction export = code.exports().get(operation.export());
    if (export == null) {
      throw failure(
          code,
          operation,
          "%s needs the export '%s' of type %s, but the module exports no such function; it exports %s"
              .formatted(operation.describe(), operation.export(), expected.get(0), names(code)),
          expected.get(0),
          null);
    }
    if (!expected.contains(export.type())) {
      throw failure(
          code,
          operation,
          "%s needs the export '%s' of type %s, but the module exports it with type %s"
              .formatted(operation.describe(), operation.export(), expected.get(0), export.type()),
          expected.get(0),
          export.type());
    }
    return export;
  }

  /** Refuses an operation of which no answer could ever be given as its return type. */
  static void requireReadable(WasmCode code, WasmOperation operation, ValueCodecs codecs) {
    String why = codecs.unreadable(operation.returnType());
    if (why != null) {
      throw failure(
          code,
          operation,
          "%s returns a type that no answer of a module can be read as: %s"
              .formatted(operation.describe(), why),
          null,
          null);
    }
  }

  static WasmSignatureException failure(
      WasmCode code,
      WasmOperation operation,
      String detail,
      @Nullable WasmFunctionType expected,
      @Nullable WasmFunctionType actual) {
    return new WasmSignatureException(
        detail,
        operation.describe(),
        operation.export(),
        expected != null ? expected.toString() : null,
        actual != null ? actual.toString() : null,
        code.exports().values().stream().map(WasmExportedFunction::describe).toList());
  }

  private static String names(WasmCode code) {
    return code.exports().isEmpty()
        ? "no function at all"
        : String.join(", ", code.exports().keySet());
  }
}
