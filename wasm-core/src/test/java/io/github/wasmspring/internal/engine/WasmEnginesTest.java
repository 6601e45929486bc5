package io.github.wasmspring.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngineNotFoundException;
import io.github.wasmspring.engine.WasmEngineProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WasmEnginesTest {

  private record Provider(String name, int order) implements WasmEngineProvider {

    @Override
    public WasmEngine create(@Nullable CompiledCodeStore codeStore) {
      throw new UnsupportedOperationException(this.name);
    }
  }

  private final WasmEngines engines =
      WasmEngines.of(List.of(new Provider("second", 5), new Provider("first", 1)));

  @Test
  void theOneWithTheLowestOrderIsUsed() {
    assertThat(this.engines.find(null).name()).isEqualTo("first");
    assertThat(this.engines.names()).containsExactly("first", "second");
  }

  @Test
  void theOneThatIsChosenIsUsed() {
    assertThat(this.engines.find("second").name()).isEqualTo("second");
  }

  @Test
  void anUnknownNameIsToldWhichThereAre() {
    assertThatExceptionOfType(WasmEngineNotFoundException.class)
        .isThrownBy(() -> this.engines.find("third"))
        .withMessage("no engine is called 'third'; on the class path are: first, second");
  }

  @Test
  void withoutAnyTheDependencyIsTold() {
    assertThatExceptionOfType(WasmEngineNotFoundException.class)
        .isThrownBy(() -> WasmEngines.of(new ClassLoader(null) {}).find(null))
        .withMessageContaining("add io.github.wasmspring:wasm-engine-jvm");
  }
}
