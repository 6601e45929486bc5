package io.github.wasmspring.event;

/**
 * Which operation of which module; one object per operation, made once.
 *
 * @param operation as the caller names it, which may be a Java method
 * @param export as the module names it, the same for all callers
 */
public record WasmCallId(String module, String version, String operation, String export) {

  /** An operation that caller and module name alike. */
  public WasmCallId(String module, String version, String operation) {
    this(module, version, operation, operation);
  }
}
