package io.github.wasmspring.module;

import io.github.wasmspring.WasmImportedItem;
import java.util.List;

/**
 * A memory, table or tag that each instance gets anew, as the module that imports it asks for it.
 *
 * @param kind {@code memory}, {@code table} or {@code tag}
 */
public record WasmNewImport(String module, String name, String kind) implements WasmProvidedImport {

  private static final List<String> KINDS = List.of("memory", "table", "tag");

  /**
   * @throws IllegalArgumentException for any other kind
   */
  public WasmNewImport {
    if (!KINDS.contains(kind)) {
      throw new IllegalArgumentException(
          "Only memories, tables and tags can be made for a module, and %s.%s is to be a %s"
              .formatted(module, name, kind));
    }
  }

  @Override
  public boolean hasTypeOf(WasmImportedItem item) {
    return this.kind.equals(item.kind());
  }

  @Override
  public String describe() {
    return "%s.%s (%s)".formatted(this.module, this.name, this.kind);
  }
}
