package io.github.wasmspring.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallListenersTest {

  private final WasmEventPublisher events = new WasmEventPublisher();
  private final List<String> told = new ArrayList<>();

  private WasmCallListener listener(String name) {
    return (call, engine, source, failure, nanos) -> this.told.add(name);
  }

  private void call() {
    this.events.called(new WasmCallId("m", "1.0.0", "f"), "jvm", WasmSource.WASM, null, 1);
  }

  @Test
  void oneThatIsRemovedIsToldNoMore_andTheOthersAre() {
    WasmCallListener first = listener("first");
    this.events.addCallListener(first);
    this.events.addCallListener(listener("second"));
    call();

    this.events.removeCallListener(first);
    call();

    assertThat(this.told).containsExactly("first", "second", "second");
  }

  @Test
  void whereAllAreRemovedNobodyIsToBeTold() {
    WasmCallListener only = listener("only");
    this.events.addCallListener(only);
    assertThat(this.events.hasCallListeners()).isTrue();

    this.events.removeCallListener(only);
    this.events.removeCallListener(only);

    assertThat(this.events.hasCallListeners()).isFalse();
  }
}
