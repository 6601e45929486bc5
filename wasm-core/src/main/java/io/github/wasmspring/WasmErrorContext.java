package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * Where a failure happened; every part is {@code null} while unknown.
 *
 * @param module the id of the module
 * @param version the version of the module
 * @param operation the operation that was called
 * @param engine the engine that ran it
 */
public record WasmErrorContext(
    @Nullable String module,
    @Nullable String version,
    @Nullable String operation,
    @Nullable String engine) {

  /** Nothing is known yet. */
  public static final WasmErrorContext UNKNOWN = new WasmErrorContext(null, null, null, null);

  /** A module, before an operation of it is called. */
  public static WasmErrorContext of(String module, @Nullable String version) {
    return new WasmErrorContext(module, version, null, null);
  }

  /**
   * This context, with the unknown parts taken from {@code outer}, unless that is of another
   * module.
   */
  public WasmErrorContext orElse(WasmErrorContext outer) {
    if (this.module != null && outer.module != null && !this.module.equals(outer.module)) {
      return this;
    }
    return new WasmErrorContext(
        this.module != null ? this.module : outer.module,
        this.version != null ? this.version : outer.version,
        this.operation != null ? this.operation : outer.operation,
        this.engine != null ? this.engine : outer.engine);
  }

  /** For the start of a message, e.g. {@code module 'json' 1.0.0, operation 'format'}. */
  String describe() {
    StringBuilder text = new StringBuilder();
    if (this.module != null) {
      text.append("module '").append(this.module).append('\'');
      if (this.version != null) {
        text.append(' ').append(this.version);
      }
      if (this.operation != null) {
        text.append(", operation '").append(this.operation).append('\'');
      }
      if (this.engine != null) {
        text.append(" (").append(this.engine).append(')');
      }
    }
    return text.toString();
  }
}
