package io.github.wasmspring.engine.chicory;

import static io.github.wasmspring.testing.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecompiledClassTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no.such.Class", "java.lang.String", "java.lang.Runnable"})
  void aClassThatTheBuildTimeCompilerDidNotMakeIsALoadFailure(String name) {
    this.runtime.with(WasmModuleDescriptor.builder("guest").compiledClass(name));

    assertThat(failure(WasmErrorCategory.LOAD, () -> this.runtime.manager.open("guest")))
        .hasMessageContaining("module 'guest'")
        .hasMessageContaining(name);
  }

  @Test
  void aModuleWithALocationAsWellRunsFromItInTheInterpreter() {
    this.runtime.with(
        TestRuntime.guest("scalar")
            .compiledClass("no.such.Class")
            .settings(
                settings ->
                    settings.engineMode(io.github.wasmspring.module.WasmEngineMode.INTERPRETER)));

    this.runtime.manager.warmUp("scalar");

    assertThat(this.runtime.manager.status("scalar").get(0).engine())
        .isEqualTo("chicory-interpreter");
  }
}
