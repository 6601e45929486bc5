package io.github.wasmspring.engine;

import static io.github.wasmspring.testing.ModuleWriter.body;
import static io.github.wasmspring.testing.ModuleWriter.bytes;
import static io.github.wasmspring.testing.ModuleWriter.constant;
import static io.github.wasmspring.testing.ModuleWriter.join;
import static io.github.wasmspring.testing.ModuleWriter.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.ModuleWriter;
import io.github.wasmspring.testing.TestEngines;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an instance is brought back to after its borrower. */
class ResetTest {

  private static final int PAGE = 65_536;

  private WasmCode code;
  private WasmInstance instance;

  private void instantiate(String guest, WasmEngineMode mode) {
    compile(Guests.bytes(guest), mode);
  }

  private void compile(byte[] module, WasmEngineMode mode) {
    this.code = TestEngines.create().compile(new WasmBinary(module, "none", "test"), mode);
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

  /** In order and apart, or not; across the borders of whatever blocks an engine looks at. */
  @Test
  void restoresWhateverSegmentsAndTheStartFunctionWrote() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      compile(moduleWithData(random), WasmEngineMode.COMPILED);
      WasmMemory memory = Objects.requireNonNull(this.instance.memory());
      byte[] atFirst = memory.read(0, 2 * PAGE);
      byte[] scribble = new byte[2 * PAGE];
      random.nextBytes(scribble);
      memory.write(0, scribble);

      assertThat(this.instance.reset()).isTrue();

      assertThat(memory.read(0, 2 * PAGE)).as("seed %d", seed).isEqualTo(atFirst);
    }
  }

  private static byte[] moduleWithData(Random random) {
    int[] addresses = random.ints(random.nextInt(6), 0, 2 * PAGE - 3_000).toArray();
    if (random.nextBoolean()) {
      Arrays.sort(addresses);
    }
    byte[][] segments = new byte[addresses.length][];
    for (int i = 0; i < segments.length; i++) {
      byte[] text = new byte[random.nextInt(3_000)];
      random.nextBytes(text);
      segments[i] = join(bytes(0), constant(addresses[i]), bytes(0x0b), number(text.length), text);
    }
    ModuleWriter module =
        new ModuleWriter().vector(1, bytes(0x60, 0, 0)).vector(3, bytes(0)).vector(5, bytes(0, 2));
    if (random.nextBoolean()) {
      module.section(8, bytes(0));
    }
    byte[][] stores = new byte[random.nextInt(5)][];
    for (int i = 0; i < stores.length; i++) {
      // i64.store
      int address = random.nextInt(2 * PAGE - 8);
      stores[i] = join(constant(address), bytes(0x42, random.nextInt(0x40)), bytes(0x37, 0, 0));
    }
    return module.vector(10, body(join(stores))).vector(11, segments).bytes();
  }
}
