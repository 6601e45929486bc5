package io.github.wasmspring;

import java.util.List;

/** The versions that are registered do not fit what is asked for. */
public final class WasmVersionConflictException extends WasmException {

  private final String requested;
  private final transient List<String> registered;

  public WasmVersionConflictException(String detail, String requested, List<String> registered) {
    super(WasmErrorCategory.VERSION_CONFLICT, detail, null);
    this.requested = requested;
    this.registered = List.copyOf(registered);
  }

  /** The version or range that was asked for. */
  public String requested() {
    return this.requested;
  }

  /** The versions that are registered, newest first. */
  public List<String> registered() {
    return this.registered != null ? this.registered : List.of();
  }
}
