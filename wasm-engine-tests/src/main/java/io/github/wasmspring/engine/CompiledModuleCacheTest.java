package io.github.wasmspring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmDigest;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import org.junit.jupiter.api.Test;

class CompiledModuleCacheTest {

  private static final int MODULES = 20;

  private final WasmBinary binary =
      new WasmBinary(Guests.bytes("scalar"), WasmDigest.of(Guests.bytes("scalar")), "test");

  private void fill(CompiledModuleCache cache, WasmEngineMode mode) {
    WasmCode code = TestEngines.create().compile(this.binary, mode);
    for (int i = 0; i < MODULES; i++) {
      WasmBinary other = new WasmBinary(this.binary.bytes(), "sha256:" + i, "test");
      cache.put(other, mode, false, code);
    }
  }

  private int metaspace() {
    return TestEngines.create().compile(this.binary, WasmEngineMode.COMPILED).metaspace();
  }

  @Test
  void compiledCodeFillsAtMostHalfOfTheMetaspace() {
    CompiledModuleCache cache = new CompiledModuleCache(1L << 30, () -> 8L * metaspace());

    fill(cache, WasmEngineMode.COMPILED);

    assertThat(cache.size()).isBetween(2L, 4L);
  }

  @Test
  void metaspaceThatIsNotLimitedIsNoLimit() {
    CompiledModuleCache cache = new CompiledModuleCache(1L << 30, () -> Long.MAX_VALUE);

    fill(cache, WasmEngineMode.COMPILED);

    assertThat(cache.size()).isEqualTo(MODULES);
  }

  @Test
  void heapIsLimitedByTheWeightWhateverMetaspaceThereIs() {
    WasmCode code = TestEngines.create().compile(this.binary, WasmEngineMode.COMPILED);
    CompiledModuleCache cache = new CompiledModuleCache(4L * code.weight(), () -> Long.MAX_VALUE);

    fill(cache, WasmEngineMode.COMPILED);

    assertThat(cache.size()).isBetween(2L, 4L);
  }

  @Test
  void whatTheInterpreterRunsTakesNoMetaspace() {
    TestEngines.assumeInterpreter();
    CompiledModuleCache cache = new CompiledModuleCache(1L << 30, () -> 1);

    fill(cache, WasmEngineMode.INTERPRETER);

    assertThat(cache.size()).isEqualTo(MODULES);
  }

  @Test
  void theLimitOfThisJvmIsFound() {
    assertThat(MetaspaceLimit.find()).isPositive();
  }
}
