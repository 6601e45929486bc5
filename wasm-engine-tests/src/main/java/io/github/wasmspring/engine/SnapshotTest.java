package io.github.wasmspring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances that begin as another one was. */
class SnapshotTest {

  private static final int PAGE = 65_536;

  private WasmCode code;

  private WasmInstance instantiate(String guest, WasmEngineMode mode) {
    this.code =
        TestEngines.create().compile(new WasmBinary(Guests.bytes(guest), "none", "test"), mode);
    return this.code.instantiate(List.of(), limits(1 << 20), MemoryCharge.NONE, false);
  }

  private static Limits limits(long memory) {
    return Limits.DEFAULTS.with(limits -> limits.memory(memory));
  }

  private WasmInstance begin(WasmSnapshot from) {
    return begin(from, limits(1 << 20), MemoryCharge.NONE);
  }

  private WasmInstance begin(WasmSnapshot from, Limits limits, MemoryCharge charge) {
    return this.code.instantiate(List.of(), limits, charge, Thread::new, from);
  }

  private long call(WasmInstance instance, String export, long... arguments) {
    long[] results = instance.call(this.code.exports().get(export).index(), arguments);
    return results.length == 0 ? 0 : results[0];
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void memoryGlobalsAndTablesAreAsTheyWere(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("state", mode);
    call(prepared, "bump_global");
    call(prepared, "grow", 3);
    call(prepared, "poke", 3 * PAGE + 5, 77);
    call(prepared, "poke", 1024, 'X');
    call(prepared, "grow_table");
    call(prepared, "swap_table");

    WasmInstance begun = begin(prepared.snapshot());

    assertThat(call(begun, "pages")).isEqualTo(4);
    assertThat(begun.memorySize()).isEqualTo(4 * PAGE);
    assertThat(call(begun, "peek", 3 * PAGE + 5)).isEqualTo(77);
    assertThat(call(begun, "peek", 1024)).isEqualTo('X');
    assertThat(call(begun, "wide")).isEqualTo(8);
    assertThat(Double.longBitsToDouble(call(begun, "real"))).isEqualTo(2.5);
    assertThat(call(begun, "bump_global")).isEqualTo(2);
    assertThat(call(begun, "call_table", 0)).isEqualTo(2);
    assertThat(call(begun, "grow_table")).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void segmentsThatWereDroppedStayDropped(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("state", mode);
    call(prepared, "drop_data");
    call(prepared, "drop_elements");

    WasmInstance begun = begin(prepared.snapshot());

    assertThatThrownBy(() -> call(begun, "init_data"))
        .isInstanceOfSatisfying(
            WasmException.class,
            trap -> assertThat(trap.category()).isEqualTo(WasmErrorCategory.TRAP));
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void noCodeRunsAgain(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("start-runs", mode);
    call(prepared, "forget");

    assertThat(call(begin(prepared.snapshot()), "answer"))
        .isEqualTo(call(prepared, "answer"))
        .isNotEqualTo(42);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void resetGoesBackToIt(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("state", mode);
    call(prepared, "bump_memory");
    call(prepared, "bump_global");
    call(prepared, "grow", 1);
    WasmInstance begun = begin(prepared.snapshot());

    for (int i = 0; i < 3; i++) {
      assertThat(call(begun, "bump_memory")).isEqualTo(2);
      assertThat(call(begun, "bump_global")).isEqualTo(2);
      call(begun, "poke", 5000, 9);
      call(begun, "clear_table");
      call(begun, "grow", 2);
      assertThat(begun.reset()).isTrue();
      assertThat(call(begun, "peek", 5000)).isZero();
      assertThat(call(begun, "pages")).isEqualTo(2);
      assertThat(call(begun, "call_table", 0)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void instancesAndTheOneThatWasKeptHaveNothingInCommon(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("state", mode);
    call(prepared, "bump_memory");
    WasmSnapshot snapshot = prepared.snapshot();
    call(prepared, "bump_memory");
    WasmInstance one = begin(snapshot);
    call(one, "bump_memory");
    call(one, "bump_memory");
    prepared.close();

    WasmInstance other = begin(snapshot);

    assertThat(call(other, "bump_memory")).isEqualTo(2);
    assertThat(call(one, "bump_memory")).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void whatIsLargerThanANewInstanceIsPaidFor(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("state", mode);
    call(prepared, "grow", 3);
    WasmSnapshot snapshot = prepared.snapshot();
    AtomicLong paid = new AtomicLong();

    begin(snapshot, limits(1 << 20), charge(paid, Long.MAX_VALUE));

    assertThat(paid.get()).isBetween(3L * PAGE, 3L * PAGE + 4096);
    assertThatThrownBy(() -> begin(snapshot, limits(1 << 20), charge(new AtomicLong(), 2L * PAGE)))
        .isInstanceOfSatisfying(
            WasmException.class,
            refused -> assertThat(refused.category()).isEqualTo(WasmErrorCategory.MEMORY_LIMIT))
        .hasMessageContaining("wasm.memory.budget");
    assertThatThrownBy(() -> begin(snapshot, limits(2 * PAGE), MemoryCharge.NONE))
        .isInstanceOfSatisfying(
            WasmException.class,
            refused -> assertThat(refused.category()).isEqualTo(WasmErrorCategory.MEMORY_LIMIT))
        .hasMessageContaining("limits.memory");
  }

  private static MemoryCharge charge(AtomicLong paid, long most) {
    return new MemoryCharge() {
      @Override
      public boolean add(long bytes) {
        if (paid.get() + bytes > most) {
          return false;
        }
        paid.addAndGet(bytes);
        return true;
      }

      @Override
      public void subtract(long bytes) {
        paid.addAndGet(-bytes);
      }
    };
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void whatOfTheMemoryIsNotZeroIsItsSize(WasmEngineMode mode) {
    WasmInstance prepared = instantiate("state", mode);
    long before = prepared.snapshot().size();
    for (int i = 0; i < PAGE / 2; i += 100) {
      call(prepared, "poke", 4096 + i, 1);
    }

    assertThat(prepared.snapshot().size()).isBetween(before + PAGE / 2, before + PAGE);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void otherCodeDoesNotBeginWithIt(WasmEngineMode mode) {
    WasmSnapshot snapshot = instantiate("state", mode).snapshot();
    instantiate("state", mode);

    assertThatThrownBy(() -> begin(snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its own code");
  }
}
