package io.github.wasmspring.call;

import io.github.wasmspring.WasmSignatureException;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.module.WasmOperation;

/** How Java values cross into the modules of one world and back. */
public interface WasmCallConvention {

  /** As the property {@code convention} of a module names it. */
  String name();

  /** Whether the exports of a module say that it speaks this convention. */
  boolean isSpokenBy(WasmCode code);

  /**
   * Plans the calls of one operation; done once, not for every call.
   *
   * @throws WasmSignatureException if the operation and its export do not fit each other
   */
  WasmInvocation bind(WasmCode code, WasmOperation operation, Limits limits);
}
