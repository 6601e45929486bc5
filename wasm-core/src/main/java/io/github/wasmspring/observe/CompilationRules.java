package io.github.wasmspring.observe;

import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.engine.CompiledCodeStoreStatus;
import io.github.wasmspring.engine.WasmCodeKind;
import io.github.wasmspring.internal.Documentation;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.prepare.WasmTier;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Code that is compiled anew at each start, or that is never compiled though it was to be. */
final class CompilationRules {

  private static final long WORTH_COMPILING = 100;
  private static final long LONG_OVERDUE = 10_000;
  private static final String TIERS = Documentation.page("reference.md#engine-modes");

  private CompilationRules() {}

  /**
   * One finding for all modules: a single setting helps all of them.
   *
   * @param disk where compiled code is kept, {@code null} if it is not
   */
  static Stream<WasmFinding> compiledAtEachStart(
      List<ModuleStats> modules, @Nullable CompiledCodeStoreStatus disk) {
    List<String> compiled =
        modules.stream()
            .filter(module -> module.status().kind() == WasmCodeKind.COMPILED)
            .map(ModuleStats::id)
            .distinct()
            .sorted()
            .toList();
    if (compiled.isEmpty() || disk != null && disk.problem() == null) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "compiled-at-each-start",
            disk == null ? WasmSeverity.INFO : WasmSeverity.WARNING,
            null,
            "%s compiled since the application started (%s), and compiled code is not kept on disk"
                .formatted(
                    Counts.of(compiled.size(), "module was", "modules were"),
                    String.join(", ", compiled)),
            "The next start compiles them again; the meter wasm.compile tells how long that takes.",
            disk == null
                ? "wasm.cache.directory=<a directory that only the application's user may write to>; or compile modules of your own in the build (compiled-class)"
                : "wasm.cache.directory=%s can't be used: %s"
                    .formatted(disk.directory(), disk.problem()),
            Documentation.page("reference.md#compiled-code-on-disk")));
  }

  /** Modes {@code tiered} and {@code by-use}, where the interpreter answers and goes on to. */
  static Stream<WasmFinding> staysInterpreted(ModuleStats module) {
    WasmModuleStatus status = module.status();
    WasmTier tier = status.tier();
    if (tier == null
        || module.settings().engineMode() == WasmEngineMode.INTERPRETER
        || status.kind() != WasmCodeKind.INTERPRETED) {
      return Stream.empty();
    }
    long calls = status.calls().wasm();
    return switch (tier.state()) {
      case FAILED, SETTLED ->
          calls < WORTH_COMPILING
              ? Stream.empty()
              : Stream.of(
                  finding(
                      module,
                      WasmSeverity.WARNING,
                      tier,
                      "see to what the reason says and reload the module; or %s=interpreter, so that nobody tries again"
                          .formatted(module.property("engine"))));
      case QUEUED ->
          calls < LONG_OVERDUE
              ? Stream.empty()
              : Stream.of(
                  finding(
                      module,
                      WasmSeverity.INFO,
                      tier,
                      "a larger wasm.engine.compile-threads, or %s=compiled, which makes the first call wait"
                          .formatted(module.property("engine"))));
      case WATCHED ->
          calls < LONG_OVERDUE
              ? Stream.empty()
              : Stream.of(
                  finding(
                      module,
                      WasmSeverity.INFO,
                      tier,
                      "smaller wasm.engine.by-use.calls and wasm.engine.by-use.time, or %s=tiered"
                          .formatted(module.property("engine"))));
      case COMPILING, COMPILED -> Stream.empty();
    };
  }

  private static WasmFinding finding(
      ModuleStats module, WasmSeverity severity, WasmTier tier, String change) {
    return new WasmFinding(
        "stays-interpreted",
        severity,
        module.id(),
        "%,d calls ran in the interpreter, %s each on average; %s"
            .formatted(
                module.status().calls().wasm(),
                Durations.nanos(module.status().calls().mean().toNanos()),
                tier.reason()),
        "Compiled code runs many times as fast.",
        change,
        TIERS);
  }
}
