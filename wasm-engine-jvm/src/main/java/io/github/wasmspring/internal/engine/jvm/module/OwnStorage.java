package io.github.wasmspring.internal.engine.jvm.module;

import io.github.wasmspring.WasmImportedItem;
import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.internal.engine.DeclaredTypes;
import io.github.wasmspring.internal.engine.jvm.run.TableInstructions;
import io.github.wasmspring.module.WasmLinkedImport;
import io.github.wasmspring.module.WasmProvidedImport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The memories and tables that an instance has itself, rather than one that it is linked with. */
public record OwnStorage(List<ExternalType.Memory> memories, List<ExternalType.Table> tables) {

  public static OwnStorage of(
      ModuleFacts module, Collection<? extends WasmProvidedImport> provided) {
    if (provided.stream().noneMatch(WasmLinkedImport.class::isInstance)) {
      return new OwnStorage(module.memories(), module.tables());
    }
    List<ExternalType.Memory> memories = new ArrayList<>(module.memories());
    List<ExternalType.Table> tables = new ArrayList<>(module.tables());
    List<WasmImportedItem> items = DeclaredTypes.imports(module);
    // Imported ones are the first; equal ones are as good as each other.
    for (int i = 0; i < items.size(); i++) {
      if (isOfOther(items.get(i), provided)) {
        ExternalType type = module.imports().get(i).type();
        memories.remove(type);
        tables.remove(type);
      }
    }
    return new OwnStorage(memories, tables);
  }

  private static boolean isOfOther(
      WasmImportedItem item, Collection<? extends WasmProvidedImport> provided) {
    return provided.stream().anyMatch(each -> each instanceof WasmLinkedImport && each.meets(item));
  }

  /** As an instance begins with them. */
  public long bytes() {
    long bytes = 0;
    for (ExternalType.Memory memory : this.memories) {
      bytes += memory.size().minimum() << memory.pageSizeLog2();
    }
    for (ExternalType.Table table : this.tables) {
      bytes += table.size().minimum() * TableInstructions.ELEMENT_BYTES;
    }
    return bytes;
  }
}
