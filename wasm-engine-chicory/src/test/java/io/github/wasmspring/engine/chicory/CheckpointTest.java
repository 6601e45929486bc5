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
import org.junit.jupiter.params.provider.EnumSource;

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

  private long call(String export, long... arguments) {
    long[] results = this.instance.call(this.code.exports().get(export).index(), arguments);
    return results == null || results.length == 0 ? 0 : results[0];
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void restoresMemory(WasmEngineMode mode) {
    instantiate("state", mode);
    call("poke", 1024, 'X');
    call("poke", 5000, 1);

    assertThat(this.instance.reset()).isTrue();

    assertThat(call("peek", 1024)).isEqualTo('i');
    assertThat(call("peek", 5000)).isZero();
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void restoresMemoryThatHasGrown(WasmEngineMode mode) {
    instantiate("state", mode);
    call("grow", 5);
    call("poke", 300_000, 9);
    call("poke", 1024, 'X');

    assertThat(this.instance.reset()).isTrue();

    assertThat(call("pages")).isEqualTo(1);
    assertThat(call("peek", 1024)).isEqualTo('i');
    assertThat(call("grow", 5)).isEqualTo(1);
    assertThat(call("peek", 300_000)).isZero();
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void restoresGlobalsOfEveryType(WasmEngineMode mode) {
    instantiate("state", mode);
    call("bump_global");

    assertThat(this.instance.reset()).isTrue();

    assertThat(call("wide")).isEqualTo(7);
    assertThat(Double.longBitsToDouble(call("real"))).isEqualTo(1.5);
    assertThat(call("bump_global")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "swap_table, COMPILED",
    "clear_table, COMPILED",
    "swap_table, INTERPRETER",
    "clear_table, INTERPRETER"
  })
  void restoresTables(String change, WasmEngineMode mode) {
    instantiate("state", mode);
    call(change);

    assertThat(this.instance.reset()).isTrue();

    assertThat(call("call_table", 0)).isEqualTo(1);
    assertThat(call("call_table", 1)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void restoresWhatTheStartFunctionMade(WasmEngineMode mode) {
    instantiate("start-runs", mode);
    assertThat(call("answer")).isEqualTo(42);
    call("forget");

    assertThat(this.instance.reset()).isTrue();

    assertThat(call("answer")).isEqualTo(42);
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

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void restoresTimeAndAgain(WasmEngineMode mode) {
    instantiate("state", mode);
    for (int i = 0; i < 50; i++) {
      assertThat(call("bump_global")).isEqualTo(1);
      assertThat(call("bump_memory")).isEqualTo(1);
      call("init_data");
      assertThat(call("peek", 64)).isEqualTo('p');
      assertThat(this.instance.reset()).isTrue();
      assertThat(call("peek", 64)).isZero();
    }
  }
}
