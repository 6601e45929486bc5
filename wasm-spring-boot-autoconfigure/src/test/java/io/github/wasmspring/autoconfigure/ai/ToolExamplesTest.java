package io.github.wasmspring.autoconfigure.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmModule;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.runtime.WasmRuntime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.tool.ToolCallback;

/** What the documentation shows. */
class ToolExamplesTest {

  @WasmModule("mathlib")
  interface Prices {
    int percent(int amount, int percent);
  }

  private static List<ToolCallback> tools(WasmModuleManager manager) {
    List<ToolCallback> tools =
        WasmToolCallbacks.of(manager)
            .limits(WasmToolLimits.DEFAULTS.withMaxOutput(5_000))
            .operation("json", "query", tool -> tool.describe("pointer", "As RFC 6901 has it"))
            .operation(
                "calc",
                "echo",
                tool -> tool.parameter("text", String.class, "Any text").answer(String.class))
            .methods(Prices.class, "percent")
            .build();
    return tools;
  }

  private static WasmModuleDescriptor guest(String id) {
    return WasmModuleDescriptor.builder(id).location("classpath:wasm/" + id + ".wasm").build();
  }

  @Test
  void theExampleOfThePage() {
    try (WasmRuntime runtime =
        WasmRuntime.builder()
            .installedModules()
            .module(guest("calc"))
            .module(guest("mathlib"))
            .build()) {
      List<ToolCallback> tools = tools(runtime.manager());
      assertThat(tools.get(0).call("{\"json\":\"[7]\",\"pointer\":\"/0\"}")).isEqualTo("7");
      assertThat(tools.get(1).call("{\"text\":\"a\"}")).isEqualTo("a");
      assertThat(tools.get(2).call("{\"amount\":200,\"percent\":3}")).isEqualTo("6");
    }
  }
}
