package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * What a module imports and has not been given, or has been given with another type.
 *
 * @param item what the module imports
 * @param given what it has been given under that name, in the form of {@link
 *     WasmImportedItem#describe()}; {@code null} for nothing
 * @param remedy what to do about it, as a half sentence; {@code null} if that is not known
 */
public record WasmUnmetImport(
    WasmImportedItem item, @Nullable String given, @Nullable String remedy) {

  /** Whether nothing has been given under that name. */
  public boolean isMissing() {
    return this.given == null;
  }
}
