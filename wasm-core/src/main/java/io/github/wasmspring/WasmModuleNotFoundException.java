package io.github.wasmspring;

import java.util.List;

/** No module, version or operation of that name; carries the names that come near. */
public final class WasmModuleNotFoundException extends WasmException {

  private final String requested;
  private final transient List<String> nearMatches;
  private final transient List<String> available;

  public WasmModuleNotFoundException(
      String detail, String requested, List<String> nearMatches, List<String> available) {
    super(WasmErrorCategory.NOT_FOUND, detail, null);
    this.requested = requested;
    this.nearMatches = List.copyOf(nearMatches);
    this.available = List.copyOf(available);
  }

  /** The name that was asked for. */
  public String requested() {
    return this.requested;
  }

  /** The registered names that look like the one asked for, nearest first. */
  public List<String> nearMatches() {
    return this.nearMatches != null ? this.nearMatches : List.of();
  }

  /** All names that could have been asked for. */
  public List<String> available() {
    return this.available != null ? this.available : List.of();
  }
}
