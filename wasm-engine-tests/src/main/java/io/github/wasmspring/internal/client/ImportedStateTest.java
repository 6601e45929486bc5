package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleMaker.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmGlobalDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Memories, tables, tags and globals that a module imports. */
@Timeout(60)
class ImportedStateTest {

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmModuleDescriptor.Builder module(ModuleMaker module) {
    TestEngines.assumeRuns(module.bytes());
    return WasmModuleDescriptor.builder("made")
        .location(this.runtime.bytes.put("made", module.bytes()));
  }

  /** {@code next} adds one to an imported global and tells it. */
  private static ModuleMaker counting() {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .imports("app", "level", "03 7f 01")
        .function(0, "00 23 00 41 01 6a 24 00 23 00 0b")
        .export("next", FUNCTION, 0);
  }

  /** {@code size} tells how large the memory or table is that it imports. */
  private static ModuleMaker measuring(String module, String name, boolean table) {
    return new ModuleMaker()
        .type("60 00 01 7f")
        .imports(module, name, table ? "01 70 00 03" : "02 00 03")
        .function(0, table ? "00 fc 10 00 0b" : "00 3f 00 0b")
        .export("size", FUNCTION, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void eachInstanceHasAVariableOfItsOwn(WasmEngineMode mode) {
    this.runtime.with(
        module(counting())
            .settings(settings -> settings.engineMode(mode))
            .globals(WasmGlobalDefinition.variable("app", "level", 41)));

    try (WasmSession one = this.runtime.manager.open("made");
        WasmSession other = this.runtime.manager.open("made")) {
      assertThat(one.call("next")).containsExactly(42);
      assertThat(one.call("next")).containsExactly(43);
      assertThat(other.call("next")).containsExactly(42);
    }
    try (WasmSession again = this.runtime.manager.open("made")) {
      assertThat(again.call("next")).containsExactly(42);
    }
  }

  @Test
  void aConstantIsNoVariable() {
    this.runtime.with(
        module(counting()).globals(WasmGlobalDefinition.constant("app", "level", 41)));

    assertThat(failure(WasmErrorCategory.LINK, () -> this.runtime.manager.open("made")))
        .hasMessageContaining(
            "imports app.level (global mut i32), but what it has been given under that name is app.level (global i32)");
  }

  @ParameterizedTest
  @CsvSource({"memory,false", "table,true", "__indirect_function_table,true"})
  void whatHasACustomaryNameIsMade(String name, boolean table) {
    this.runtime.with(module(measuring("env", name, table)));

    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(session.call("size")).containsExactly(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"heap,false", "handlers,true"})
  void whatTheSettingsNameIsMade(String name, boolean table) {
    this.runtime.with(
        module(measuring("app", name, table))
            .settings(settings -> settings.imports(List.of("app." + name))));

    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(session.call("size")).containsExactly(3);
    }
  }

  @Test
  void theTagOfExceptionsIsMade() {
    this.runtime.with(
        module(
            new ModuleMaker()
                .type("60 01 7f 00")
                .type("60 00 01 7f")
                .imports("env", "__cpp_exception", "04 00 00")
                // block (result i32), try_table (catch 0 0), i32.const 42, throw 0, end, i32.const
                // 0
                .function(1, "00 02 7f 1f 40 01 00 00 00 41 2a 08 00 0b 41 00 0b 0b")
                .export("caught", FUNCTION, 0)));

    try (WasmSession session = this.runtime.manager.open("made")) {
      assertThat(session.call("caught")).containsExactly(42);
    }
  }
}
