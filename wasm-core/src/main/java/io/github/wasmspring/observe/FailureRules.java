package io.github.wasmspring.observe;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSeverity;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.internal.Documentation;
import io.github.wasmspring.module.WasmModuleSettings;
import java.util.Map;
import java.util.stream.Stream;

/** Calls that the module should have answered and did not. */
final class FailureRules {

  private static final long FEW = 10;
  private static final int PER_CENT = 100;
  private static final String DOCUMENTATION = Documentation.page("reference.md#failures");

  private FailureRules() {}

  /** More than one call in a hundred. */
  static Stream<WasmFinding> fallbacks(ModuleStats module) {
    WasmModuleStatus.Calls calls = module.status().calls();
    Map.Entry<WasmErrorCategory, Long> most =
        module.status().errors().entrySet().stream()
            .filter(error -> !error.getKey().callersOwn())
            .max(Map.Entry.comparingByValue())
            .orElse(null);
    if (most == null || most.getValue() < FEW || calls.fallback() * PER_CENT < calls.total()) {
      return Stream.empty();
    }
    return Stream.of(
        new WasmFinding(
            "fallbacks",
            WasmSeverity.WARNING,
            module.id(),
            "Java stood in for the module in %,d of %,d calls; the most frequent failure is %s, %,d times"
                .formatted(calls.fallback(), calls.total(), most.getKey(), most.getValue()),
            "A call that falls back takes the time of both, and most failures cost an instance, which is made anew.",
            remedy(module, most.getKey()),
            DOCUMENTATION));
  }

  private static String remedy(ModuleStats module, WasmErrorCategory category) {
    WasmModuleSettings.Limits limits = module.settings().limits();
    return switch (category) {
      case TIMEOUT ->
          "%s=%s if calls need that long"
              .formatted(
                  module.property("limits.timeout"),
                  Durations.text(limits.timeout().multipliedBy(2)));
      case MEMORY_LIMIT ->
          "%s=%s if the error says that memory ran out"
              .formatted(module.property("limits.memory"), Sizes.property(2 * limits.memory()));
      case STACK_OVERFLOW ->
          "%s=%s"
              .formatted(
                  module.property("limits.stack"),
                  Sizes.property(Math.max(4L << 20, 2 * limits.stack())));
      case BUDGET -> "a larger wasm.memory.budget, or a smaller pool.max of all modules";
      case REJECTED ->
          "%s=%d".formatted(module.property("pool.max"), 2 * module.settings().pool().max());
      case QUARANTINED ->
          "see why it is in quarantine: /actuator/wasm/%s has the last failure of each operation"
              .formatted(module.id());
      case LOAD, INTEGRITY ->
          "%s: see that it can be read, or %s=java until it can"
              .formatted(module.property("location"), module.property("execution-mode"));
      default ->
          "see what fails: /actuator/metrics/wasm.calls?tag=module:%s&tag=source:FALLBACK names the operations, the event WasmEvent.CallFailed has the error"
              .formatted(module.id());
    };
  }
}
