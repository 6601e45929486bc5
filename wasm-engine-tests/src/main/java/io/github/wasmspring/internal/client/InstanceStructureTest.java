package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.ModuleWriter.body;
import static io.github.wasmspring.testing.ModuleWriter.bytes;
import static io.github.wasmspring.testing.ModuleWriter.constant;
import static io.github.wasmspring.testing.ModuleWriter.export;
import static io.github.wasmspring.testing.ModuleWriter.join;
import static io.github.wasmspring.testing.ModuleWriter.number;
import static io.github.wasmspring.testing.ModuleWriter.repeat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.ModuleWriter;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a module declares takes heap in each instance, even where it has no bytes of its own. */
@Timeout(60)
class InstanceStructureTest {

  private static final long TOO_LITTLE = 8 << 10;
  private static final long BUDGET = 2 << 20;

  private TestRuntime runtime = new TestRuntime(new MemoryBudget(BUDGET));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  /** What there are many of. */
  enum Structure {
    TABLES(4_000, 4, bytes(0x70, 0, 0)),
    MEMORIES(1_000, 5, bytes(0, 0)),
    GLOBALS(4_000, 6, join(bytes(0x7f, 1), constant(0), bytes(0x0b)));

    private final int count;
    private final int section;
    private final byte[] entry;

    Structure(int count, int section, byte[] entry) {
      this.count = count;
      this.section = section;
      this.entry = entry;
    }

    byte[] module() {
      ModuleWriter module =
          new ModuleWriter().vector(1, bytes(0x60, 0, 1, 0x7f)).vector(3, number(0));
      return module
          .section(this.section, join(number(this.count), repeat(this.count, this.entry)))
          .vector(7, export("f", 0, 0))
          .vector(10, body(constant(42)))
          .bytes();
    }
  }

  private void load(Structure structure, WasmResetPolicy reset) {
    TestEngines.assumeRuns(structure.module());
    this.runtime.with(
        WasmModuleDescriptor.builder("many")
            .location(this.runtime.bytes.put("many", structure.module()))
            .settings(
                settings ->
                    settings
                        .engineMode(WasmEngineMode.INTERPRETER)
                        .pool(pool -> pool.min(0).max(1).reset(reset))));
  }

  private int call() {
    return this.runtime.manager.module("many").operation("f").retrieve(int.class).value();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheBudgetHasNoRoomForIsNotMade(Structure structure) {
    this.runtime.close();
    this.runtime = new TestRuntime(new MemoryBudget(TOO_LITTLE));
    load(structure, WasmResetPolicy.NONE);

    failure(WasmErrorCategory.BUDGET, this::call);

    assertThat(this.runtime.budget.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aFewAreCounted(Structure structure) {
    load(structure, WasmResetPolicy.NONE);

    assertThat(call()).isEqualTo(42);

    assertThat(this.runtime.budget.used()).isBetween(10_000L, 1_000_000L);
  }

  @Test
  void whatIsKeptToBringThemBackIsCounted() {
    load(Structure.GLOBALS, WasmResetPolicy.NONE);
    call();
    long without = this.runtime.budget.used();
    this.runtime.manager.evict("many");
    this.runtime.registry.unregister("many", "1.0.0");
    load(Structure.GLOBALS, WasmResetPolicy.MEMORY);

    assertThat(call()).isEqualTo(42);

    assertThat(this.runtime.budget.used()).isGreaterThan(without + 10_000);
  }
}
