package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.internal.Documentation;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How code is run, and whether it is the quicker way. */
final class EngineRules {

  private static final long WORTH_COMPILING = 100;
  private static final long KNOWN_WELL = 1000;
  private static final int CLEARLY = 2;

  private EngineRules() {}

  static Stream<WasmFinding> interpreted(ModuleStats module) {
    if (module.status().kind() != WasmCodeKind.INTERPRETED
        || module.settings().engineMode() != WasmEngineMode.INTERPRETER
        || module.status().calls().wasm() < WORTH_COMPILING) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "interpreted",
            WasmSeverity.WARNING,
            module.id(),
            "%,d calls ran in the interpreter, %s each on average"
                .formatted(
                    module.status().calls().wasm(),
                    Durations.nanos(module.status().calls().mean().toNanos())),
            "Compiled code runs many times as fast; compiling costs time only when the module is loaded.",
            module.property("engine") + "=compiled",
            Documentation.page("reference.md#settings")));
  }

  /** Functions that HotSpot would not compile run in the JVM's own interpreter. */
  static Stream<WasmFinding> bigFunctions(ModuleStats module) {
    List<String> functions = module.status().bigFunctions();
    if (functions.isEmpty() || module.settings().splitBigFunctions()) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "big-functions",
            WasmSeverity.WARNING,
            module.id(),
            "%s too large for HotSpot, such as %s"
                .formatted(
                    Counts.of(functions.size(), "function is", "functions are"), functions.get(0)),
            "HotSpot never compiles them: what they do takes five times as long and more.",
            module.property("split-big-functions") + "=true",
            Documentation.page("big-functions.md")));
  }

  /** Only where adaptive execution has measured both. */
  static Stream<WasmFinding> javaIsQuicker(ModuleStats module) {
    return module.status().adaptive().entrySet().stream()
        .map(operation -> javaIsQuicker(module, operation))
        .filter(Objects::nonNull);
  }

  private static @Nullable WasmFinding javaIsQuicker(
      ModuleStats module, Map.Entry<String, List<WasmAdaptiveRow>> operation) {
    List<WasmAdaptiveRow> known =
        operation.getValue().stream().filter(row -> row.calls() >= KNOWN_WELL).toList();
    if (known.isEmpty() || !known.stream().allMatch(EngineRules::isClearlyQuickerInJava)) {
      return null;
    }
    WasmAdaptiveRow largest = known.get(known.size() - 1);
    return new WasmFinding(
        "java-is-quicker",
        WasmSeverity.INFO,
        module.id(),
        "%s takes %s in Java and %s in the module, at %s and more"
            .formatted(
                operation.getKey(),
                Durations.nanos(Objects.requireNonNull(largest.javaNanos())),
                Durations.nanos(Objects.requireNonNull(largest.wasmNanos())),
                Sizes.text(largest.fromBytes())),
        "Java answers already; the module costs memory, and one call in a hundred still tries it.",
        "%s=java, if all that is called of the module looks like this"
            .formatted(module.property("execution-mode")),
        Documentation.page("adaptive.md"));
  }

  private static boolean isClearlyQuickerInJava(WasmAdaptiveRow row) {
    return row.wasmNanos() != null
        && row.javaNanos() != null
        && row.wasmNanos() >= CLEARLY * row.javaNanos();
  }
}
