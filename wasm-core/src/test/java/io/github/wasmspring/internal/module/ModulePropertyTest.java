package io.github.wasmspring.internal.module;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModulePropertyTest {

  @Test
  void anIdWithADotStandsInBrackets() {
    assertThat(ModuleProperty.of("json", "limits.memory"))
        .isEqualTo("wasm.modules.json.limits.memory");
    assertThat(ModuleProperty.of("compute-parallel")).isEqualTo("wasm.modules.compute-parallel");
    assertThat(ModuleProperty.of("com.example", "location"))
        .isEqualTo("wasm.modules[com.example].location");
  }
}
