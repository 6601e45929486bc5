package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallObserver;
import io.github.wasmspring.testing.TestRuntime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls are surrounded by an observer, if it wants to be told. */
class CallObserverTest {

  private static final int MANY = 300;

  @WasmModule("trouble")
  interface Trouble {

    default int divide(int one, int two) {
      return -1;
    }

    @WasmExport("divide")
    int split(int one, int two);

    @WasmExport("divide")
    default int share(int one, int two) {
      return -2;
    }
  }

  private final class Recorder implements WasmCallObserver {

    boolean active = true;
    int asked;

    @Override
    public boolean isActive() {
      this.asked++;
      return this.active;
    }

    @Override
    public Observed begin(WasmCallId call) {
      CallObserverTest.this.seen.add("begin " + call.export());
      return (String engine,
          WasmSource source,
          @Nullable WasmException failure,
          @Nullable WasmException hidden) ->
          CallObserverTest.this.seen.add(
              "end %s %s %s"
                  .formatted(
                      source,
                      failure == null ? null : failure.category(),
                      hidden == null ? null : hidden.category()));
    }
  }

  private final List<String> seen = new ArrayList<>();
  private final Recorder recorder = new Recorder();
  private final TestRuntime runtime = new TestRuntime().with(guest("trouble"));
  private final Trouble trouble = this.runtime.manager.bind(Trouble.class);

  @AfterEach
  void close() {
    this.runtime.close();
  }

  @Test
  void everyCallBeginsAndEnds() {
    this.runtime.events.setObserver(this.recorder);
    for (int i = 0; i < MANY; i++) {
      assertThat(this.trouble.divide(6, 2)).isEqualTo(3);
    }
    assertThat(this.seen).hasSize(2 * MANY).containsOnly("begin divide", "end WASM null null");
  }

  @Test
  void whatIsHiddenAndWhatIsThrownIsTold() {
    this.runtime.events.setObserver(this.recorder);
    this.trouble.divide(1, 0);
    assertThat(this.seen).containsExactly("begin divide", "end FALLBACK null TRAP");
    this.seen.clear();
    assertThatThrownBy(() -> this.trouble.split(1, 0)).isInstanceOf(WasmException.class);
    assertThat(this.seen).containsExactly("begin divide", "end WASM TRAP null");
  }

  @Test
  void aSessionIsObservedToo() {
    this.runtime.events.setObserver(this.recorder);
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      session.call("divide", 6, 2);
    }
    assertThat(this.seen).containsExactly("begin divide", "end WASM null null");
  }

  @Test
  void whereNobodyObservesNumbersArePassedWithoutAsking() {
    this.recorder.active = false;
    this.runtime.events.setObserver(this.recorder);
    for (int i = 0; i < MANY; i++) {
      this.trouble.divide(6, 2);
    }
    int asked = this.recorder.asked;
    for (int i = 0; i < MANY; i++) {
      this.trouble.divide(6, 2);
    }
    assertThat(this.recorder.asked).isEqualTo(asked);
    assertThat(this.seen).isEmpty();
  }

  @Test
  void anObserverThatFailsHarmsNobody() {
    this.runtime.events.setObserver(
        new WasmCallObserver() {
          @Override
          public boolean isActive() {
            return true;
          }

          @Override
          public Observed begin(WasmCallId call) {
            throw new IllegalStateException("broken");
          }
        });
    assertThat(this.trouble.divide(6, 2)).isEqualTo(3);
  }

  @Test
  void allNamesOfAnExportAreOneOperation() {
    List<WasmCallId> calls = new ArrayList<>();
    this.runtime.events.addCallListener((call, engine, source, failure, nanos) -> calls.add(call));
    this.trouble.divide(6, 2);
    this.trouble.split(6, 2);
    this.trouble.share(6, 2);
    this.runtime.manager.module("trouble").operation("divide").arguments(6, 2).retrieve(int.class);
    assertThat(calls).hasSize(4).extracting(WasmCallId::export).containsOnly("divide");
    assertThat(calls)
        .extracting(WasmCallId::operation)
        .containsExactly("divide", "split", "share", "divide");
  }
}
