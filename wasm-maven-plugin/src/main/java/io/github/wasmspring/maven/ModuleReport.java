package io.github.wasmspring.maven;

import io.github.wasmspring.binary.ExternalType;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.jvm.BuildTimeClasses;
import io.github.wasmspring.load.WasmBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a module is and needs. */
final class ModuleReport {

  private final int size;
  private final ModuleFacts facts;
  private final List<String> features;

  private ModuleReport(int size, ModuleFacts facts, List<String> features) {
    this.size = size;
    this.facts = facts;
    this.features = features;
  }

  /**
   * @throws io.github.wasmspring.WasmLoadException if it is no valid module, or one that the engine
   *     does not run
   */
  static ModuleReport of(WasmBinary module) {
    List<String> features =
        BuildTimeClasses.check(module).stream().map(Enum::name).sorted().toList();
    return new ModuleReport(module.bytes().length, module.facts(), features);
  }

  int size() {
    return this.size;
  }

  List<String> features() {
    return this.features;
  }

  /** Each as {@code module.name}. */
  List<String> imports() {
    return this.facts.imports().stream()
        .map(item -> item.module() + "." + item.name())
        .distinct()
        .toList();
  }

  /** What all memories together begin with. */
  long memoryBytes() {
    return this.facts.memories().stream()
        .mapToLong(ModuleReport::bytes)
        .reduce(0, (one, other) -> one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other);
  }

  private static long bytes(ExternalType.Memory memory) {
    long pages = memory.size().minimum();
    return pages > Long.MAX_VALUE >> memory.pageSizeLog2()
        ? Long.MAX_VALUE
        : pages << memory.pageSizeLog2();
  }

  List<String> lines(String name) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, %s, %s"
            .formatted(
                name,
                counted(this.size, "byte"),
                counted(this.facts.definedFunctionCount(), "function"),
                counted(this.facts.exports().size(), "export")));
    lines.add("  features: " + orNone(this.features));
    for (ExternalType.Memory memory : this.facts.memories()) {
      lines.add("  memory: " + describe(memory));
    }
    lines.add("  imports: " + orNone(imports()));
    return lines;
  }

  private static String describe(ExternalType.Memory memory) {
    Long maximum = memory.size().maximum();
    return "%s (%s) at first, %s"
        .formatted(
            counted(memory.size().minimum(), "page"),
            counted(bytes(memory), "byte"),
            maximum == null ? "no maximum" : "at most " + counted(maximum, "page"));
  }

  private static String counted(long count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  private static String orNone(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
