package io.github.wasmspring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That the call before the first call really calls, and leaves nothing behind. */
class WarmUpTest {

  @Test
  void callsItsOwnModule() {
    try (WasmRuntime runtime = WasmRuntime.withoutWarmUp()) {
      WarmUp.call(runtime);

      assertThat(runtime.manager().status("wasmspring-warm-up"))
          .singleElement()
          .satisfies(
              status -> {
                assertThat(status.calls().wasm()).isEqualTo(4);
                assertThat(status.errors()).isEmpty();
              });
    }
  }

  @Test
  void endsByItselfAndDoesNotShowInTheRuntimeThatStartedIt() {
    try (WasmRuntime runtime = WasmRuntime.create()) {
      assertThat(runtime.manager().status()).isEmpty();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  Thread.getAllStackTraces().keySet().stream()
                      .noneMatch(thread -> thread.getName().equals("wasm-warm-up")));
    }
  }
}
