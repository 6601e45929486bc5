package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an instance is goes into another one. */
class SavedInstanceTest {

  private static final List<String> CALLS =
      List.of(
          "bump_global",
          "bump_memory",
          "poke",
          "grow",
          "swap_table",
          "clear_table",
          "call_table",
          "grow_table",
          "drop_data",
          "drop_elements",
          "init_data",
          "wide",
          "real",
          "peek",
          "pages");

  private final WasmCode code = compile("state");

  private static WasmCode compile(String guest) {
    return new JvmEngine()
        .compile(new WasmBinary(Guests.bytes(guest), "none", "test"), WasmEngineMode.COMPILED);
  }

  private static WasmInstance instantiate(WasmCode code, long memory, boolean resettable) {
    return code.instantiate(
        List.of(),
        Limits.DEFAULTS.with(limits -> limits.memory(memory)),
        MemoryCharge.NONE,
        resettable);
  }

  private WasmInstance instantiate() {
    return instantiate(this.code, 1 << 20, true);
  }

  /** What a call answers, or how it fails. */
  private String call(WasmInstance instance, String export, int first, int second) {
    var function = Objects.requireNonNull(this.code.exports().get(export));
    long[] arguments = new long[function.type().params().size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i == 0 ? first : second;
    }
    try {
      long[] results = instance.call(function.index(), arguments);
      return results.length == 0 ? "" : Long.toString(results[0]);
    } catch (WasmException failure) {
      return failure.detail();
    }
  }

  private String anyCall(WasmInstance instance, long seed) {
    Random random = new Random(seed);
    String export = CALLS.get(random.nextInt(CALLS.size()));
    int first =
        switch (export) {
          case "grow" -> random.nextInt(8) == 0 ? 1 : 0;
          case "call_table" -> random.nextInt(10);
          default -> random.nextInt(1 << 17);
        };
    return export + " " + call(instance, export, first, random.nextInt(256));
  }

  @Test
  void theOtherInstanceGoesOnAsTheFirstWouldHave() {
    Random random = new Random(18);
    WasmInstance other = instantiate();
    for (int life = 0; life < 200; life++) {
      WasmInstance one = instantiate();
      int calls = random.nextInt(100);
      for (int i = 0; i < calls; i++) {
        anyCall(one, random.nextLong());
      }
      assertThat(other.load(Objects.requireNonNull(one.save()))).isTrue();
      assertThat(other.save()).isEqualTo(one.save());
      for (int i = 0; i < 100; i++) {
        long seed = random.nextLong();
        assertThat(anyCall(other, seed)).isEqualTo(anyCall(one, seed));
      }
    }
  }

  @Test
  void isSmallWhereLittleHasChanged() {
    WasmInstance instance = instantiate();
    call(instance, "poke", 5000, 7);

    assertThat(Objects.requireNonNull(instance.save()).length).isLessThan(200);
  }

  @Test
  void otherCodeIsRefused() {
    byte[] state = Objects.requireNonNull(instantiate(compile("counter"), 1 << 20, true).save());

    assertThat(instantiate().load(state)).isFalse();
  }

  @Test
  void memoryThatMayNotBeSoLongIsRefused() {
    WasmInstance one = instantiate();
    call(one, "grow", 5, 0);

    assertThat(instantiate(this.code, 3 << 16, true).load(Objects.requireNonNull(one.save())))
        .isFalse();
  }

  @Test
  void anInstanceThatIsNotToBeResetCanNotBeSaved() {
    WasmInstance instance = instantiate(this.code, 1 << 20, false);

    assertThat(instance.save()).isNull();
  }

  @Test
  void anInstanceThatGaveItsMemoryToOthersCanNotBeSaved() {
    WasmInstance instance = instantiate();
    instance.external("memory");

    assertThat(instance.save()).isNull();
  }

  @Test
  void damagedBytesAreRefusedOrHarmless() {
    WasmInstance one = instantiate();
    for (int i = 0; i < 50; i++) {
      anyCall(one, i);
    }
    byte[] state = Objects.requireNonNull(one.save());
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = state.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatCode(() -> instantiate().load(damaged)).doesNotThrowAnyException();
    }
  }
}
