package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.internal.module.ModuleProperty;

/** Says why Java can't answer, and what to do about it. */
final class NoFallback {

  private NoFallback() {}

  /**
   * Of a call that only Java may answer.
   *
   * @param enabled whether modules answer in this application
   */
  static WasmException refusal(OperationHandle operation, boolean enabled) {
    String only =
        operation.module().disabled() ? "the module is disabled" : "only Java may answer here";
    String why =
        operation.missingLibrary() == null
            ? "the operation has no Java fallback"
            : "%s, or let the module answer (%s)"
                .formatted(needs(operation), remedy(operation, enabled));
    return new WasmExecutionException(WasmErrorCategory.REJECTED, only + ", and " + why, null);
  }

  /** For a failure that a fallback would have hidden, had it its library. */
  static String advice(OperationHandle operation) {
    return "Java can't answer instead, as " + needs(operation);
  }

  private static String needs(OperationHandle operation) {
    return "the Java fallback of '%s' needs the library %s, which is not on the class path: add this dependency"
        .formatted(operation.operation().name(), operation.missingLibrary());
  }

  private static String remedy(OperationHandle operation, boolean enabled) {
    if (!enabled) {
      return "wasm.enabled=true";
    }
    return operation.module().disabled()
        ? "enable it again"
        : ModuleProperty.of(operation.id().module(), "execution-mode") + "=auto";
  }
}
