package io.github.wasmspring.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.engine.WasmEngineNotFoundException;
import io.github.wasmspring.engine.WasmEngineProvider;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
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

  /** Runs what the build made for it, or anything. */
  private record Engine(String name, boolean compiles, boolean interprets, List<String> log)
      implements WasmEngine {

    @Override
    public WasmCode compile(WasmBinary binary, WasmEngineMode mode) {
      this.log.add(this.name + " " + mode);
      return anyCode();
    }

    @Override
    public boolean takesPrecompiled(String className, ClassLoader classLoader) {
      return className.startsWith(this.name);
    }

    @Override
    public WasmCode precompiled(String className, ClassLoader classLoader) {
      this.log.add(this.name + " takes " + className);
      return anyCode();
    }
  }

  private static WasmCode anyCode() {
    return (WasmCode)
        Proxy.newProxyInstance(
            WasmEnginesTest.class.getClassLoader(),
            new Class<?>[] {WasmCode.class},
            (proxy, method, arguments) -> null);
  }

  private record Made(WasmEngine engine, int order) implements WasmEngineProvider {

    @Override
    public String name() {
      return this.engine.name();
    }

    @Override
    public WasmEngine create(@Nullable CompiledCodeStore codeStore) {
      return this.engine;
    }
  }

  @Test
  void whereNoClassesCanBeMadeAnotherOneInterprets() {
    List<String> log = new ArrayList<>();
    WasmEngine first = new Engine("first", false, false, log);
    WasmEngine second = new Engine("second", false, true, log);
    WasmEngines both = WasmEngines.of(List.of(new Made(first, 1), new Made(second, 2)));
    WasmBinary binary = new WasmBinary(new byte[0], "digest", "a test");
    ClassLoader here = getClass().getClassLoader();

    WasmEngine engine = both.create(null, null);
    engine.compile(binary, WasmEngineMode.COMPILED);
    engine.precompiled("first.Code", here);
    engine.precompiled("second.Code", here);

    assertThat(engine.name()).isEqualTo("first");
    assertThat(engine.compiles()).isFalse();
    assertThat(engine.interprets()).isTrue();
    assertThat(engine.takesPrecompiled("third.Code", here)).isFalse();
    assertThat(log)
        .containsExactly(
            "second INTERPRETER", "first takes first.Code", "second takes second.Code");
    assertThat(both.create("first", null)).isSameAs(first);
    assertThat(WasmEngines.of(List.of(new Made(first, 1))).create(null, null)).isSameAs(first);
  }

  @Test
  void anEngineThatCompilesIsUsedAsItIs() {
    WasmEngine first = new Engine("first", true, false, List.of());
    WasmEngine second = new Engine("second", true, true, List.of());
    assertThat(WasmEngines.of(List.of(new Made(first, 1), new Made(second, 2))).create(null, null))
        .isSameAs(first);
  }
}
