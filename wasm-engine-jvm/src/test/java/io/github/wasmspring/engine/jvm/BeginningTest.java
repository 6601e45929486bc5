package io.github.wasmspring.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.WasmCode;
import io.github.wasmspring.engine.WasmInstance;
import io.github.wasmspring.load.WasmBinary;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import io.github.wasmspring.testing.Guests;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeginningTest {

  private static final int PAGE = 65_536;

  private final Account account = new Account();
  private WasmCode code;
  private WasmInstance instance;

  /** What an instance pays beyond what it starts with. */
  private static final class Account implements MemoryCharge {

    private long most = Long.MAX_VALUE;
    private long held;
    private long committed;

    @Override
    public boolean add(long bytes) {
      boolean fits = bytes <= this.most - this.held;
      this.held += fits ? bytes : 0;
      return fits;
    }

    @Override
    public void subtract(long bytes) {
      this.held -= bytes;
    }

    @Override
    public void committed(long bytes) {
      this.committed = bytes;
    }
  }

  private void instantiate(String guest) {
    this.code =
        new JvmEngine()
            .compile(new WasmBinary(Guests.bytes(guest), "none", "test"), WasmEngineMode.COMPILED);
    this.instance =
        this.code.instantiate(
            List.of(), Limits.DEFAULTS.with(limits -> limits.memory(1 << 20)), this.account, true);
  }

  private long call(String export, long... arguments) {
    long[] results = this.instance.call(this.code.exports().get(export).index(), arguments);
    return results.length == 0 ? 0 : results[0];
  }

  @Test
  void memoryThatHasGrownIsShortAndPaidForNoMore() {
    instantiate("state");
    assertThat(call("grow", 5)).isEqualTo(1);
    assertThat(this.account.held).isEqualTo(5 * PAGE);
    assertThat(this.account.committed).isEqualTo(6 * PAGE);

    assertThat(this.instance.reset()).isTrue();

    assertThat(this.account.held).isZero();
    assertThat(this.account.committed).isEqualTo(PAGE);
    assertThat(this.instance.memorySize()).isEqualTo(PAGE);
    assertThat(call("peek", 1024)).isEqualTo('i');
  }

  @Test
  void tablesThatHaveGrownAreShortAndMayGrowAgain() {
    instantiate("state");
    for (int round = 0; round < 3; round++) {
      for (int size = 4; size < 8; size++) {
        assertThat(call("grow_table")).isEqualTo(size);
      }
      assertThat((int) call("grow_table")).isEqualTo(-1);

      assertThat(this.instance.reset()).isTrue();
      assertThat(this.account.held).isZero();
      assertThat(call("call_table", 1)).isEqualTo(2);
    }
  }

  @Test
  void segmentsThatWereDroppedAreThere() {
    instantiate("state");
    call("drop_data");
    call("drop_elements");

    assertThat(this.instance.reset()).isTrue();

    call("init_data");
    assertThat(call("peek", 64)).isEqualTo('p');
  }

  @Test
  void onlyWhatTheStartFunctionChangedIsKept() {
    instantiate("start-runs");

    assertThat(this.account.held).isBetween(1L, PAGE / 10L);
    call("forget");
    assertThat(this.instance.reset()).isTrue();
    assertThat(call("answer")).isEqualTo(42);
  }

  @Test
  void whatNobodyPaysForIsNotBroughtBack() {
    this.account.most = 0;

    instantiate("start-runs");

    assertThat(this.instance.reset()).isFalse();
  }
}
