package io.github.wasmspring.runtime;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After the end nothing is loaded or run any more, and Java does not answer either. */
class ClosedRuntimeTest {

  interface Sum {
    default int add(int a, int b) {
      return a + b;
    }
  }

  private final WasmRuntime runtime =
      TestEngines.runtime()
          .build()
          .register(guest("scalar").build())
          .register(guest("state").build());

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static void assertRefused(WasmException refusal) {
    assertThat(refusal.category()).isEqualTo(WasmErrorCategory.REJECTED);
    assertThat(refusal).hasMessageContainingAll("module 'scalar'", "has been closed");
  }

  @Test
  void modulesThatWereNeverLoadedStayUnloaded() {
    WasmModuleManager manager = this.runtime.manager();
    WasmModuleClient known = manager.module("scalar");
    this.runtime.close();

    assertRefused(failure(() -> known.operation("add").arguments(1, 2).retrieve(int.class)));
    assertRefused(failure(() -> manager.execute("scalar", "add", 1)));
    assertRefused(failure(() -> manager.module("scalar")));
    assertRefused(failure(() -> manager.open("scalar")));
    assertRefused(failure(() -> manager.bind(Sum.class, "scalar", "*")));
    assertRefused(failure(() -> manager.warmUp("scalar")));
    assertRefused(failure(() -> manager.prefetch("scalar", "*")));
    assertRefused(failure(() -> manager.reload("scalar")));
    assertThat(manager.status())
        .extracting(WasmModuleStatus::state)
        .containsOnly(WasmModuleState.REGISTERED);
  }

  @Test
  void callsThatWereBegunBeforeAreRefused() {
    WasmModuleClient client = this.runtime.manager().module("scalar");
    WasmModuleClient.OperationSpec call = client.operation("add").arguments(1, 2);
    WasmModuleClient.OperationSpec batch = client.operation("add");
    this.runtime.close();

    assertRefused(failure(() -> call.retrieve(int.class)));
    assertRefused(failure(() -> batch.batch(List.of(1), int.class)));
    assertRefused(failure(() -> batch.batch(List.of(), int.class)));
  }

  @Test
  void beansAreRefusedAlthoughJavaCouldAnswer() {
    Sum sum = this.runtime.manager().bind(Sum.class, "scalar", "*");
    assertThat(sum.add(2, 3)).isEqualTo(5);
    this.runtime.close();

    assertRefused(failure(() -> sum.add(2, 3)));
  }

  /** It is closed between two attempts, when the call itself has been let in. */
  @Test
  void aCallOnItsWayToTheModuleIsRefusedAlthoughJavaCouldAnswer() {
    TestRuntime closing = new TestRuntime();
    closing.bytes.put("scalar", Guests.bytes("scalar"));
    closing.with(
        guest("scalar")
            .location("bytes:scalar")
            .settings(s -> s.maxAttempts(3).retryDelay(Duration.ZERO)));
    closing.events.addListener(
        event -> {
          if (event instanceof WasmEvent.CallRetried) {
            closing.close();
          }
        });
    Sum sum = closing.manager.bind(Sum.class, "scalar", "*");
    closing.manager.evict("scalar");
    closing.bytes.remove("scalar");

    assertRefused(failure(() -> sum.add(2, 3)));
    assertThat(closing.recorded).filteredOn(WasmEvent.CallRetried.class::isInstance).hasSize(1);
  }

  @Test
  void sessionsThatAreOpenAreRefused() {
    try (WasmSession session = this.runtime.manager().open("scalar")) {
      assertThat(session.call("add", 2, 3)).containsExactly(5);
      this.runtime.close();

      assertRefused(failure(() -> session.call("add", 2, 3)));
    }
  }
}
