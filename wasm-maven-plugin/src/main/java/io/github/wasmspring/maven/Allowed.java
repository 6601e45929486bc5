package io.github.wasmspring.maven;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What modules may be and need.
 *
 * @param imports {@code null} for all
 * @param features {@code null} for all that the engine has
 */
record Allowed(
    long size, long memory, @Nullable List<String> imports, @Nullable List<String> features) {

  private static final String ALL = ".*";

  /** What a module is or needs beyond that, in sentences. */
  List<String> problems(ModuleReport module) {
    List<String> problems = new ArrayList<>();
    if (module.size() > this.size) {
      problems.add(
          String.format(
              Locale.ROOT, "it has %,d bytes, and maxSize is %,d", module.size(), this.size));
    }
    if (module.memoryBytes() > this.memory) {
      problems.add(
          String.format(
              Locale.ROOT,
              "its memories have %,d bytes at first, and maxMemory is %,d",
              module.memoryBytes(),
              this.memory));
    }
    if (this.imports != null) {
      for (String each : module.imports()) {
        if (this.imports.stream().noneMatch(allowed -> allows(allowed.strip(), each))) {
          problems.add("it imports %s, which allowedImports has not".formatted(each));
        }
      }
    }
    if (this.features != null) {
      List<String> names =
          this.features.stream().map(name -> name.strip().toUpperCase(Locale.ROOT)).toList();
      for (String feature : module.features()) {
        if (!names.contains(feature)) {
          problems.add("it uses %s, which allowedFeatures has not".formatted(feature));
        }
      }
    }
    return problems;
  }

  private static boolean allows(String allowed, String imported) {
    return allowed.endsWith(ALL)
        ? imported.startsWith(allowed.substring(0, allowed.length() - 1))
        : imported.equals(allowed);
  }
}
