package io.github.wasmspring;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Imports of a module are not provided, or with another type; carries them and the host functions
 * that exist.
 */
public final class WasmLinkException extends WasmException {

  private final transient List<String> missing;
  private final transient Map<String, String> mistyped;
  private final transient List<String> available;
  private final transient Map<String, String> remedies;

  public WasmLinkException(String detail, List<String> missing, List<String> available) {
    this(detail, missing, available, Map.of());
  }

  /**
   * @param remedies what to do about those of the missing imports that could be had
   */
  public WasmLinkException(
      String detail, List<String> missing, List<String> available, Map<String, String> remedies) {
    this(detail, missing, Map.of(), available, remedies);
  }

  /**
   * @param mistyped what was given with another type, by what the module imports
   * @param remedies what to do about those of the missing imports that could be had
   */
  public WasmLinkException(
      String detail,
      List<String> missing,
      Map<String, String> mistyped,
      List<String> available,
      Map<String, String> remedies) {
    super(WasmErrorCategory.LINK, detail, null);
    this.missing = List.copyOf(missing);
    this.mistyped = Collections.unmodifiableMap(new LinkedHashMap<>(mistyped));
    this.available = List.copyOf(available);
    this.remedies = Collections.unmodifiableMap(new LinkedHashMap<>(remedies));
  }

  /** The imports that the module has not been given, as {@code module.name (types) -> types}. */
  public List<String> missing() {
    return this.missing != null ? this.missing : List.of();
  }

  /** What the module has been given with another type, by the import, both in the same form. */
  public Map<String, String> mistyped() {
    return this.mistyped != null ? this.mistyped : Map.of();
  }

  /** The host functions that the module has been given, in the same form. */
  public List<String> available() {
    return this.available != null ? this.available : List.of();
  }

  /** What to do about those of the {@link #missing()} imports that the module could be given. */
  public Map<String, String> remedies() {
    return this.remedies != null ? this.remedies : Map.of();
  }
}
