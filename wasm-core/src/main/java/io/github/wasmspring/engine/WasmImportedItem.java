package io.github.wasmspring.engine;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmGlobalType;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleImport;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmNewImport;
import io.github.wasmspring.module.WasmProvidedImport;
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

  /** What was told from the bytes of a module. */
  public static WasmImportedItem of(ModuleImport item) {
    ExternalType type = item.type();
    return new WasmImportedItem(
        item.module(),
        item.name(),
        type instanceof ExternalType.Function ? "function" : type.kind(),
        type instanceof ExternalType.Function function
            ? DeclaredTypes.function(function.signature())
            : null,
        type instanceof ExternalType.Global global ? DeclaredTypes.global(global) : null);
  }

  /** Whether it can be given what was written for it. */
  public boolean isMetBy(WasmProvidedImport provided) {
    return isNamedAs(provided)
        && (provided instanceof WasmImportDefinition function
            ? function.type().equals(this.type)
            : provided instanceof WasmGlobalDefinition value
                ? value.type().equals(this.global)
                : provided instanceof WasmNewImport made && made.kind().equals(this.kind));
  }

  /** Whether something is provided under its names, of whatever type. */
  public boolean isNamedAs(WasmProvidedImport provided) {
    return provided.module().equals(this.module) && provided.name().equals(this.name);
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
