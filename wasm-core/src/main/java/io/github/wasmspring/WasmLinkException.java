package io.github.wasmspring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Imports of a module are not provided, or with another type; carries them and the host functions
 * that exist.
 */
public final class WasmLinkException extends WasmException {

  private final transient List<WasmUnmetImport> unmet;
  private final transient List<String> available;
  private final @Nullable String besides;

  /**
   * @param available the host functions that the module has been given, in the form of {@link
   *     WasmImportedItem#describe()}
   */
  public WasmLinkException(String detail, List<WasmUnmetImport> unmet, List<String> available) {
    this(detail, unmet, available, null);
  }

  private WasmLinkException(
      String detail,
      List<WasmUnmetImport> unmet,
      List<String> available,
      @Nullable String besides) {
    super(WasmErrorCategory.LINK, detail, null);
    this.unmet = List.copyOf(unmet);
    this.available = List.copyOf(available);
    this.besides = besides;
  }

  /** The same of a module that would not run with all of its imports either. */
  public WasmLinkException besides(String more) {
    return new WasmLinkException(detail() + "; besides, " + more, unmet(), available(), more);
  }

  /** The imports that the module has not been given, or not with their type. */
  public List<WasmUnmetImport> unmet() {
    return this.unmet != null ? this.unmet : List.of();
  }

  /** Those of them for which there is nothing, of whatever type. */
  public List<WasmImportedItem> missing() {
    return unmet().stream().filter(WasmUnmetImport::isMissing).map(WasmUnmetImport::item).toList();
  }

  /** The host functions that the module has been given, e.g. {@code env.log (i32) -> ()}. */
  public List<String> available() {
    return this.available != null ? this.available : List.of();
  }

  /** What else keeps the module from running, {@code null} for nothing that is known. */
  public @Nullable String besides() {
    return this.besides;
  }
}
