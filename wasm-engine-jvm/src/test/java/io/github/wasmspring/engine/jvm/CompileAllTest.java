package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Functions are compiled when they are called, or all before that. */
class CompileAllTest {

  private final AtomicInteger made = new AtomicInteger();
  private final WasmCode code = code();

  /** Functions in three classes. */
  private WasmCode code() {
    ModuleMaker module = new ModuleMaker().type("60 00 01 7f");
    for (int i = 0; i < 3; i++) {
      module
          .function(0, "00 " + "01 ".repeat(9_000) + "41 0%d 0b".formatted(i))
          .export("f" + i, 0, i);
    }
    JvmEngine engine =
        new JvmEngine(
            work -> {
              this.made.incrementAndGet();
              work.run();
            },
            Runnable::run);
    return engine.compile(
        new WasmBinary(module.bytes(), "digest", "a test"), WasmEngineMode.COMPILED, true);
  }

  private int classesFor(int export) {
    try (WasmInstance instance =
        this.code.instantiate(List.of(), Limits.DEFAULTS, MemoryCharge.NONE, false)) {
      int before = this.made.get();
      assertThat(instance.call(export)).containsExactly(export);
      return this.made.get() - before;
    }
  }

  @Test
  void aFunctionIsCompiledWhenItIsCalled() {
    assertThat(classesFor(1)).isEqualTo(2);
    assertThat(classesFor(1)).isZero();
  }

  @Test
  void nothingButTheWayInIsLeftWhenAllWereCompiled() {
    assertThat(this.code.compileAll((done, total) -> true)).isTrue();
    assertThat(this.made).hasValue(3);
    assertThat(classesFor(0)).isOne();
    assertThat(classesFor(2)).isOne();
  }

  @Test
  void howFarItIsIsTold() {
    List<String> told = new ArrayList<>();
    this.code.compileAll((done, total) -> told.add(done + " of " + total));
    assertThat(told).containsExactly("0 of 3", "1 of 3", "2 of 3");
  }

  @Test
  void whoHasEnoughIsAskedBeforeEachClass() {
    AtomicInteger asked = new AtomicInteger();
    assertThat(this.code.compileAll((done, total) -> asked.incrementAndGet() < 3)).isFalse();
    assertThat(this.made).hasValue(2);
    assertThat(classesFor(2)).isEqualTo(2);
  }
}
