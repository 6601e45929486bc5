package io.github.wasmspring.sample;

import io.github.wasmspring.client.WasmCleanUp;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmStatistics;
import java.util.List;

/** The examples of docs/management.md, compiled and run by {@link DocumentationTest}. */
final class ManagementExamples {

  private ManagementExamples() {}

  record Seen(
      List<WasmModuleStatus> found,
      WasmModuleHealth health,
      WasmStatistics all,
      WasmCleanUp freed) {}

  static Seen look(WasmModuleManager manager) {
    List<WasmModuleStatus> found = manager.search("json");
    WasmModuleHealth health = manager.check("json");
    WasmStatistics all = manager.statistics();
    WasmCleanUp freed = manager.cleanUp();
    return new Seen(found, health, all, freed);
  }
}
