package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.internal.engine.FeatureGate;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Failures;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.ModuleMaker;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine refuses beside what all do. */
class JvmEngineTest {

  private static final String IMAGE = "org.graalvm.nativeimage.imagecode";

  private final JvmEngine engine = new JvmEngine();

  private WasmCode compile(byte[] module) {
    return this.engine.compile(new WasmBinary(module, "none", "test"), WasmEngineMode.COMPILED);
  }

  @Test
  void aNativeImageCanMakeNoClasses() {
    System.setProperty(IMAGE, "runtime");
    try {
      WasmException failure =
          Failures.failure(WasmErrorCategory.ENGINE, () -> compile(Guests.bytes("scalar")));
      assertThat(failure).hasMessageContaining("native image").hasMessageContaining("chicory");
    } finally {
      System.clearProperty(IMAGE);
    }
  }

  /** Refusals of other engines name this one. */
  @Test
  void hasAllFeaturesThatAnyEngineHas() {
    assertThat(this.engine.features(WasmEngineMode.COMPILED))
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.copyOf(FeatureGate.NOWHERE)));
  }

  @Test
  void aMemoryOfMoreThanAnArrayIsRefusedWhateverTheLimit() {
    byte[] module = new ModuleMaker().memory("00 80 80 02").bytes();
    Limits limits = Limits.DEFAULTS.with(each -> each.memory(1L << 31));

    assertThat(
            Failures.failure(
                WasmErrorCategory.MEMORY_LIMIT,
                () -> this.engine.check(ModuleFacts.of(module), List.of(), limits)))
        .hasMessageContaining("a memory of 32768 pages")
        .hasMessageContaining("at most 32767");
    Failures.failure(
        WasmErrorCategory.MEMORY_LIMIT,
        () -> compile(module).instantiate(List.of(), limits, MemoryCharge.NONE, false));
  }
}
