package io.github.wasmspring;

import java.util.List;

/** Imports of a module are not provided; carries them and the host functions that exist. */
public final class WasmLinkException extends WasmException {

  private final transient List<String> missing;
  private final transient List<String> available;

  public WasmLinkException(String detail, List<String> missing, List<String> available) {
    super(WasmErrorCategory.LINK, detail, null);
    this.missing = List.copyOf(missing);
    this.available = List.copyOf(available);
  }

  /** The imports that nothing provides, as {@code module.name (types) -> types}. */
  public List<String> missing() {
    return this.missing != null ? this.missing : List.of();
  }

  /** The host functions that the module has been given, in the same form. */
  public List<String> available() {
    return this.available != null ? this.available : List.of();
  }
}
