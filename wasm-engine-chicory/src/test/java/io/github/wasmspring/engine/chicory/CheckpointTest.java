package io.github.wasmspring.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine does not bring back, beside what all do. */
class CheckpointTest {

  private WasmCode code;
  private WasmInstance instance;

  private void instantiate(String guest, WasmEngineMode mode) {
    this.code =
        new ChicoryEngine().compile(new WasmBinary(Guests.bytes(guest), "none", "test"), mode);
    this.instance =
        this.code.instantiate(
            List.of(),
            Limits.DEFAULTS.with(limits -> limits.memory(1 << 20)),
            MemoryCharge.NONE,
            true);
  }

  private void call(String export) {
    this.instance.call(this.code.exports().get(export).index());
  }

  @ParameterizedTest
  @CsvSource({
    "grow_table, COMPILED", "drop_data, COMPILED", "drop_elements, COMPILED",
    "grow_table, INTERPRETER", "drop_data, INTERPRETER", "drop_elements, INTERPRETER"
  })
  void saysWhatCannotBeRestored(String change, WasmEngineMode mode) {
    instantiate("state", mode);
    call(change);

    assertThat(this.instance.reset()).isFalse();
  }
}
