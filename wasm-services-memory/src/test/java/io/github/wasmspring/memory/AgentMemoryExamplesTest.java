package io.github.wasmspring.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation shows. */
class AgentMemoryExamplesTest {

  @Test
  void theExampleOfThePage(@TempDir Path directory) {
    try (WasmRuntime runtime = WasmRuntime.withInstalledModules()) {
      AgentMemory memory = open(runtime.manager(), directory.resolve("agents.db"));
      try (memory) {
        MemoryNamespace notes = memory.namespace("agents/tea");
        notes.put(
            MemoryEntry.text("customer/42/taste", "Likes green tea, hates sugar")
                .withTags("customer", "taste")
                .withTtl(Duration.ofDays(30)));
        String taste = notes.get("customer/42/taste").orElseThrow().text();
        List<StoredMemory> tastes =
            notes.recall(
                MemoryQuery.builder().prefix("customer/42/").allTags("taste").limit(10).build());
        assertThat(tastes).extracting(StoredMemory::text).containsExactly(taste);
        assertThat(counted(notes)).isEqualTo(1);
        assertThat(counted(notes)).isEqualTo(2);
      }
    }
  }

  private static AgentMemory open(WasmModuleManager manager, Path file) {
    return AgentMemory.builder(manager)
        .location(file)
        .namespace(
            "agents/tea",
            MemoryNamespaceSettings.builder().maxEntries(10_000).maxBytes(64 << 20).build())
        .open();
  }

  record Visits(int count) {}

  private static int counted(MemoryNamespace notes) {
    while (true) {
      StoredMemory now = notes.get("visits").orElse(null);
      int count = now == null ? 0 : now.as(Visits.class).count();
      try {
        notes.compareAndPut(
            now == null ? 0 : now.version(), MemoryEntry.object("visits", new Visits(count + 1)));
        return count + 1;
      } catch (MemoryConflictException again) {
        // Somebody else has counted meanwhile.
      }
    }
  }
}
