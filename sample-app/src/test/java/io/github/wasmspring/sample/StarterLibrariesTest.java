package io.github.wasmspring.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmFallbackNeeds;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.bundle.BundledModules;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmOperations;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The starter brings nothing that only Java fallbacks need. */
@SpringBootTest
class StarterLibrariesTest {

  @Autowired private WasmModuleManager modules;

  @Test
  void librariesOfFallbacksAreNotOnTheClassPath() {
    List<Method> needing =
        new BundledModules()
            .modules().stream()
                .map(WasmModuleDescriptor::types)
                .flatMap(Set::stream)
                .flatMap(type -> WasmOperations.methods(type).stream())
                .filter(method -> method.isAnnotationPresent(WasmFallbackNeeds.class))
                .toList();

    assertThat(needing).hasSize(11);
    assertThat(needing).allMatch(method -> WasmOperations.missingLibrary(method) != null);
  }

  @Test
  void theModuleAnswersWithoutThem() {
    assertThat(
            this.modules
                .module("hash")
                .operation("xxh3")
                .arguments(new byte[0], 0L)
                .retrieve(long.class)
                .source())
        .isEqualTo(WasmSource.WASM);
  }

  @Test
  void whoAsksJavaIsToldWhatToAdd() {
    assertThatThrownBy(
            () ->
                this.modules
                    .module("hash")
                    .operation("xxh3")
                    .arguments(new byte[0], 0L)
                    .mode(WasmExecutionMode.JAVA)
                    .retrieve(long.class))
        .hasMessageContaining("add this dependency")
        .hasMessageContaining("com.dynatrace.hash4j:hash4j")
        .hasMessageContaining("wasm.modules.hash.execution-mode");
  }
}
