package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an operator does to modules, and what is told about them. */
class ModuleOperationsTest extends ManagerFixture {

  @Test
  void aDisabledModuleAnswersFromJavaOnly() {
    Fallible fallible = withFallible().bind(Fallible.class);
    this.runtime.manager.disable("trouble");

    assertThat(fallible.divide(6, 3)).isEqualTo(2);
    assertThat(calls("trouble").fallback()).isEqualTo(1);
    assertThat(failure(WasmErrorCategory.REJECTED, () -> fallible.add(1, 2)))
        .hasMessageContaining("disabled");
    assertThat(this.runtime.manager.status("trouble").get(0).state())
        .isEqualTo(WasmModuleState.DISABLED);
  }

  @Test
  void anEnabledModuleAnswersAgain() {
    Fallible fallible = withFallible().bind(Fallible.class);
    this.runtime.manager.disable("trouble");
    this.runtime.manager.enable("trouble");

    assertThat(fallible.add(1, 2)).isEqualTo(3);
  }

  @Test
  void anEvictedModuleIsLoadedAgainByTheNextCall() {
    Fallible fallible = withFallible().bind(Fallible.class);
    fallible.add(1, 2);

    this.runtime.manager.evict("trouble");

    assertThat(this.runtime.manager.status("trouble").get(0).state())
        .isEqualTo(WasmModuleState.REGISTERED);
    assertThat(fallible.add(1, 2)).isEqualTo(3);
    assertThat(this.runtime.events(WasmEvent.ModuleReady.class)).hasSize(2);
  }

  @Test
  void aReloadTakesTheNewCode() {
    this.runtime.with(
        WasmModuleDescriptor.builder("guest")
            .location(this.runtime.bytes.put("guest", Guests.bytes("scalar"))));
    this.runtime.manager.warmUp("guest");
    String before = this.runtime.manager.status("guest").get(0).digest();

    this.runtime.bytes.put("guest", Guests.bytes("trouble"));
    this.runtime.manager.reload("guest");

    assertThat(this.runtime.manager.status("guest").get(0).digest()).isNotEqualTo(before);
    assertThat(this.runtime.manager.status("guest").get(0).exports())
        .contains("divide (i32, i32) -> i32");
  }

  @Test
  void aReloadThatFailsKeepsTheOldCode() {
    this.runtime.with(
        WasmModuleDescriptor.builder("guest")
            .location(this.runtime.bytes.put("guest", Guests.bytes("scalar"))));
    this.runtime.manager.warmUp("guest");
    this.runtime.bytes.put("guest", "<html>".getBytes());

    failure(WasmErrorCategory.MALFORMED, () -> this.runtime.manager.reload("guest"));

    assertThat(
            this.runtime
                .manager
                .module("guest")
                .operation("add")
                .arguments(1, 2)
                .retrieve(int.class)
                .value())
        .isEqualTo(3);
  }

  @Test
  void noCallFailsWhileTheModuleIsReloadedAndEvicted() throws Exception {
    WasmModuleManager manager = withFallible();
    Fallible fallible = manager.bind(Fallible.class);
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(4);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<Long>> callers = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        boolean sessions = thread == 3;
        callers.add(
            executor.submit(
                () -> {
                  long count = 0;
                  while (!stop.get()) {
                    if (sessions) {
                      try (WasmSession session = manager.open("trouble")) {
                        assertThat(session.call("add", 20, 22)).containsExactly(42);
                      }
                    } else {
                      assertThat(fallible.add(20, 22)).isEqualTo(42);
                    }
                    if (count++ == 0) {
                      running.countDown();
                    }
                  }
                  return count;
                }));
      }
      running.await();
      for (int i = 0; i < 300; i++) {
        manager.reload("trouble");
        if (i % 10 == 0) {
          manager.evict("trouble");
        }
      }
      stop.set(true);
      for (Future<Long> caller : callers) {
        assertThat(caller.get(30, TimeUnit.SECONDS)).isPositive();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(calls("trouble").failed()).isZero();
    assertThat(calls("trouble").fallback()).isZero();
  }

  @Test
  void anUnregisteredModuleIsNotFoundAndItsProxiesFail() {
    Fallible fallible = withFallible().bind(Fallible.class);

    this.runtime.registry.unregister("trouble", "1.0.0");

    failure(WasmErrorCategory.NOT_FOUND, () -> this.runtime.manager.execute("trouble", "add", 1));
    failure(WasmErrorCategory.LOAD, () -> fallible.add(1, 2));
    assertThat(fallible.divide(6, 3)).isEqualTo(2);
  }

  @Test
  void warmingUpLoadsWhatTheModuleNeedsFirst() {
    this.runtime.with(guest("trouble").dependency("scalar", "^1")).with(guest("scalar"));

    this.runtime.manager.warmUp("trouble");

    assertThat(this.runtime.events(WasmEvent.ModuleReady.class))
        .extracting(WasmEvent.ModuleReady::module)
        .containsExactly("scalar", "trouble");
  }

  @Test
  void theStatusTellsAllAboutAModule() {
    withText().execute("buffer", "echo", "a");

    WasmModuleStatus status = this.runtime.manager.status("buffer").get(0);

    assertThat(status.state()).isEqualTo(WasmModuleState.READY);
    assertThat(status.engine()).isEqualTo(TestEngines.COMPILED);
    assertThat(status.digest()).startsWith("sha256:");
    assertThat(status.exports()).contains("echo (i32, i32) -> i64");
    assertThat(status.operations()).contains("String skip(String text, int bytes)");
    assertThat(status.calls().wasm()).isEqualTo(1);
    assertThat(status.pool().idle()).isEqualTo(1);
    assertThat(status.errors()).isEmpty();
    assertThat(status.failure()).isNull();
  }

  @Test
  void everyCallIsTold() {
    List<String> told = new ArrayList<>();
    this.runtime.events.addCallListener(
        (WasmCallId call, String engine, WasmSource source, WasmException failure, long nanos) ->
            told.add(call.operation() + " " + engine + " " + source));

    Fallible fallible = withFallible().bind(Fallible.class);
    fallible.add(1, 2);
    fallible.divide(1, 0);

    assertThat(told)
        .containsExactly("add " + TestEngines.COMPILED + " WASM", "divide java FALLBACK");
  }

  @Test
  void aListenerThatFailsHarmsNoCall() {
    this.runtime.events.addListener(
        event -> {
          throw new IllegalStateException("listener");
        });
    WasmCallListener failing =
        (call, engine, source, failure, nanos) -> {
          throw new IllegalStateException("listener");
        };
    this.runtime.events.addCallListener(failing);

    assertThat(withFallible().bind(Fallible.class).add(1, 2)).isEqualTo(3);
  }
}
