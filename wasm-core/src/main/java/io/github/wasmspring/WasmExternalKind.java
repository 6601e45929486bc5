package io.github.wasmspring;

import java.util.Locale;

/** What modules import and export. */
public enum WasmExternalKind {
  FUNCTION,
  MEMORY,
  TABLE,
  GLOBAL,
  TAG;

  /** Of what a module imports. */
  public static WasmExternalKind of(WasmImportedItem item) {
    return valueOf(item.kind().toUpperCase(Locale.ROOT));
  }

  /** As {@link WasmImportedItem#kind()} has it, e.g. {@code memory}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
