package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmResult;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.runtime.WasmRuntime;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was compiled in the background is there at the next start. */
class StoredTierTest {

  @TempDir Path directory;

  @Test
  void theSecondStartNeedsNoInterpreter() {
    TestEngines.assumeInterpreter();
    CompiledCodeStore store = new CompiledCodeStore(this.directory.resolve("code"), 1L << 20);
    List<WasmEvent> events = new CopyOnWriteArrayList<>();
    try (WasmRuntime first = start(store, events)) {
      assertThat(add(first).engine()).isEqualTo(TestEngines.INTERPRETER);
      await().until(() -> events.stream().anyMatch(WasmEvent.EngineSwapped.class::isInstance));
    }
    assertThat(store.status().entries()).isEqualTo(1);
    assertThat(store.status().misses()).isEqualTo(1);
    events.clear();

    try (WasmRuntime second = start(store, events)) {
      assertThat(add(second).engine()).isEqualTo(TestEngines.COMPILED);
      assertThat(second.manager().status("scalar").get(0).tier().state())
          .isEqualTo(WasmTier.State.SETTLED);
    }
    assertThat(store.status().hits()).isEqualTo(1);
    assertThat(events).noneMatch(WasmEvent.ModuleCompiled.class::isInstance);
  }

  private static WasmRuntime start(CompiledCodeStore store, List<WasmEvent> events) {
    WasmRuntime runtime = TestEngines.runtime().codeStore(store).build();
    runtime.events().addListener(events::add);
    return runtime.register(
        TestRuntime.guest("scalar")
            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED))
            .build());
  }

  private static WasmResult<Integer> add(WasmRuntime runtime) {
    return runtime
        .manager()
        .module("scalar")
        .operation("add")
        .arguments(1, 2)
        .retrieve(Integer.class);
  }
}
