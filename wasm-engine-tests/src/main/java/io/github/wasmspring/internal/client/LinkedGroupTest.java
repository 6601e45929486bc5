package io.github.wasmspring.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances that are made, reset and closed together, as they are linked with each other. */
class LinkedGroupTest {

  private static final String NO_ARGUMENT_ONE_I32 = "60 00 01 7f";

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void register(String id, byte[] module, String... dependencies) {
    register(id, WasmEngineMode.COMPILED, module, dependencies);
  }

  private void register(String id, WasmEngineMode mode, byte[] module, String... dependencies) {
    WasmModuleDescriptor.Builder builder =
        WasmModuleDescriptor.builder(id)
            .location(this.runtime.bytes.put(id, module))
            .settings(settings -> settings.engineMode(mode));
    for (String dependency : dependencies) {
      builder.dependency(dependency, "*");
    }
    this.runtime.with(builder);
  }

  private int call(String module, String operation) {
    return this.runtime
        .manager
        .module(module)
        .operation(operation)
        .<Integer>retrieve(int.class)
        .value();
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongChainIsLinkedAsQuicklyAsAShortOne() {
    int last = 50;
    register(
        "chain-0",
        new ModuleMaker()
            .type(NO_ARGUMENT_ONE_I32)
            .function(0, "00 41 07 0b")
            .export("get", ModuleMaker.FUNCTION, 0)
            .bytes());
    for (int i = 1; i <= last; i++) {
      String before = "chain-" + (i - 1);
      register(
          "chain-" + i,
          new ModuleMaker()
              .type(NO_ARGUMENT_ONE_I32)
              .imports(before, "get", "00 00")
              .function(0, "00 10 00 0b")
              .export("get", ModuleMaker.FUNCTION, 1)
              .bytes(),
          before);
    }

    assertThat(call("chain-" + last, "get")).isEqualTo(7);
    assertThat(call("chain-" + last, "get")).isEqualTo(7);
  }

  /** Counts what it is asked, in a global and in its memory. */
  private static byte[] counting() {
    return new ModuleMaker()
        .type(NO_ARGUMENT_ONE_I32)
        .function(0, "00 23 00 41 01 6a 24 00 23 00 0b")
        .function(0, "00 41 08 41 08 28 02 00 41 01 6a 36 02 00 41 08 28 02 00 0b")
        .memory("00 01")
        .global("7f 01 41 00 0b")
        .export("in_global", ModuleMaker.FUNCTION, 0)
        .export("in_memory", ModuleMaker.FUNCTION, 1)
        .bytes();
  }

  /** Calls another module while it starts. */
  private static ModuleMaker startingWith(String module) {
    return new ModuleMaker()
        .type(NO_ARGUMENT_ONE_I32)
        .type("60 00 00")
        .imports(module, "in_global", "00 00")
        .imports(module, "in_memory", "00 00")
        .function(1, "00 10 00 1a 10 01 1a 0b")
        .function(0, "00 10 00 0b")
        .function(0, "00 10 01 0b")
        .export("in_global", ModuleMaker.FUNCTION, 3)
        .export("in_memory", ModuleMaker.FUNCTION, 4);
  }

  private void assertEachBorrowerFinds(String module, int made) {
    for (int i = 0; i < 3; i++) {
      assertThat(call(module, "in_global")).isEqualTo(made);
      assertThat(call(module, "in_memory")).isEqualTo(made);
    }
    assertThat(this.runtime.manager.status(module).get(0).pool().created()).isEqualTo(1);
  }

  @Test
  void whatTheStartFunctionOfAnImporterHasChangedStaysSo() {
    register("counting", counting());
    register("starting", startingWith("counting").start(2).bytes(), "counting");

    assertEachBorrowerFinds("starting", 2);
  }

  @Test
  void soDoesWhatItsInitializeHasChanged() {
    register("counting", counting());
    register(
        "starting",
        startingWith("counting").export("_initialize", ModuleMaker.FUNCTION, 2).bytes(),
        "counting");

    assertEachBorrowerFinds("starting", 2);
  }

  @Test
  void soDoesWhatAModuleBetweenHasChanged() {
    register("counting", counting());
    register("between", startingWith("counting").start(2).bytes(), "counting");
    register("starting", startingWith("between").start(2).bytes(), "between");

    assertEachBorrowerFinds("starting", 3);
  }

  @ParameterizedTest
  @EnumSource(names = {"TIERED", "BY_USE"})
  void aLibraryThatTheCompilerRefusesIsInterpreted(WasmEngineMode mode) {
    register("counting", mode, counting());
    register("starting", mode, startingWith("counting").bytes(), "counting");
    this.runtime.engine.beforeCompiling =
        () -> {
          throw new WasmLoadException(WasmErrorCategory.ENGINE, "it is too much for it", null);
        };

    assertThat(call("starting", "in_global")).isEqualTo(1);
  }
}
