package io.github.wasmspring.convention;

import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmExportedFunction;
import io.github.wasmspring.module.WasmBatchShape;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * How Java values cross into the modules of one world and back. Found by {@link
 * java.util.ServiceLoader}, or as a bean.
 */
public interface WasmCallConvention {

  /** As the property {@code convention} of a module names it. */
  String name();

  /** Whether the exports of a module say that it speaks this convention. */
  boolean isSpokenBy(WasmCode code);

  /**
   * The exported function that does an operation, {@code null} if the module has no such operation.
   *
   * @param name of the operation, as its module would export it
   */
  default @Nullable WasmExportedFunction export(WasmCode code, String name) {
    return code.exports().get(name);
  }

  /** The Java type of an answer where nobody says what it is to be. */
  default Type answer(WasmExportedFunction export) {
    if (export.type().results().isEmpty()) {
      return void.class;
    }
    return switch (export.type().results().get(0)) {
      case I32 -> int.class;
      case F32 -> float.class;
      case F64 -> double.class;
      default -> long.class;
    };
  }

  /**
   * Plans the calls of one operation; done once, not for every call.
   *
   * @throws WasmSignatureException if the operation and its export do not fit each other
   */
  WasmInvocation bind(WasmCode code, WasmOperation operation, Limits limits);

  /**
   * Plans the calls of an operation for many inputs at once; unless a convention knows better, they
   * are made one after the other on one instance.
   *
   * @throws WasmSignatureException if the operation and its export do not fit each other
   */
  default WasmInvocation bindBatch(
      WasmCode code, WasmOperation batch, WasmBatchShape shape, Limits limits) {
    return new RepeatedInvocation(batch, shape.keepsErrors(), bind(code, shape.element(), limits));
  }

  /**
   * Plans the calls of an operation, whether for one input or for many.
   *
   * @throws WasmSignatureException if the operation and its export do not fit each other
   */
  default WasmInvocation plan(WasmCode code, WasmOperation operation, Limits limits) {
    WasmBatchShape shape = operation.batch();
    return shape == null
        ? bind(code, operation, limits)
        : bindBatch(code, operation, shape, limits);
  }
}
