package io.github.wasmspring;

import org.jspecify.annotations.Nullable;

/**
 * Something that a module imports.
 *
 * @param module the module name of the import
 * @param name the name of the import
 * @param kind {@code function}, {@code memory}, {@code table}, {@code global} or {@code tag}
 * @param type of a function, {@code null} for everything else
 * @param global the type of a global, {@code null} for everything else
 */
public record WasmImportedItem(
    String module,
    String name,
    String kind,
    @Nullable WasmFunctionType type,
    @Nullable WasmGlobalType global) {

  /** Anything but a global. */
  public WasmImportedItem(
      String module, String name, String kind, @Nullable WasmFunctionType type) {
    this(module, name, kind, type, null);
  }

  /** For messages, e.g. {@code env.log (i32, i32) -> ()}. */
  public String describe() {
    return this.module
        + "."
        + this.name
        + (this.type != null ? " " + this.type : " (" + typed() + ")");
  }

  private String typed() {
    return this.global != null ? this.kind + " " + this.global : this.kind;
  }
}
