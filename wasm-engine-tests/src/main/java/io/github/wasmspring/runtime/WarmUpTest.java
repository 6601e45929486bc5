package io.github.wasmspring.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.testing.TestEngines;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** That the call before the first call really calls, and leaves nothing behind. */
class WarmUpTest {

  @Test
  void callsItsOwnModule() {
    try (WasmRuntime runtime = TestEngines.runtime().build()) {
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
  void isDoneForThoseWhoAskAndEndsByItself() {
    try (WasmRuntime runtime = TestEngines.runtime().build()) {
      assertThat(warmUps()).isZero();
      WasmRuntime.warmUpInBackground();

      await().atMost(Duration.ofSeconds(60)).until(() -> warmUps() == 0);
      assertThat(runtime.manager().status()).isEmpty();
    }
  }

  private static long warmUps() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("wasm-warm-up"))
        .count();
  }
}
