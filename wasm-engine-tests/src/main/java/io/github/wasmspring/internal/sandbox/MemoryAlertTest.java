package io.github.wasmspring.internal.sandbox;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.module.WasmMemoryAlert;
import io.github.wasmspring.module.WasmMemoryAlert.Action;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.TestRuntime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A budget of a hundred pages, and a module whose instances may have ten. */
@Timeout(60)
class MemoryAlertTest {

  private static final int PAGE = 65536;

  private TestRuntime runtime;

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void start(WasmMemoryAlert... alerts) {
    this.runtime = new TestRuntime(new MemoryBudget(100 * PAGE, List.of(alerts)));
  }

  private static WasmMemoryAlert at(int percent, Action first, Action... others) {
    return WasmMemoryAlert.at(percent, EnumSet.of(first, others));
  }

  private void with(String guest, Consumer<WasmModuleSettings.Builder> change) {
    this.runtime.with(
        guest(guest)
            .settings(
                settings ->
                    change.accept(settings.pool(pool -> pool.reset(WasmResetPolicy.NONE)))));
  }

  private void withTenPages(WasmMemoryAlert... alerts) {
    with(
        "trouble",
        settings ->
            settings.limits(limits -> limits.memory(10 * PAGE).memoryAlerts(List.of(alerts))));
  }

  private List<Boolean> alerts(String module) {
    return this.runtime.events(WasmEvent.MemoryAlert.class).stream()
        .filter(alert -> alert.module().equals(module))
        .map(WasmEvent.MemoryAlert::raised)
        .toList();
  }

  private void awaitAlerts(String module, Boolean... raised) {
    await().untilAsserted(() -> assertThat(alerts(module)).containsExactly(raised));
  }

  @Test
  void theBudgetAlertsOncePerCrossing() {
    start(at(80, Action.EVENT));
    with("trouble", settings -> {});
    WasmSession first = this.runtime.manager.open("trouble");
    WasmSession second = this.runtime.manager.open("trouble");
    first.call("grow", 70);
    assertThat(alerts("*")).isEmpty();

    second.call("grow", 9);
    awaitAlerts("*", true);
    second.call("grow", 1);
    second.close();
    this.runtime.manager.evict("trouble");
    assertThat(this.runtime.budget.used()).isBetween(71L * PAGE, 72L * PAGE);
    assertThat(alerts("*")).containsExactly(true);

    first.close();
    awaitAlerts("*", true, false);
    WasmEvent.MemoryAlert alert = this.runtime.events(WasmEvent.MemoryAlert.class).get(0);
    assertThat(alert.threshold()).isEqualTo(80);
    assertThat(alert.limit()).isEqualTo(100 * PAGE);
    assertThat(alert.bytes()).isBetween(80L * PAGE, 100L * PAGE);
  }

  @Test
  void aPeakThatIsGoneAgainIsToldNevertheless() {
    start(at(80, Action.EVENT));
    with("trouble", settings -> {});
    for (int i = 1; i <= 20; i++) {
      try (WasmSession session = this.runtime.manager.open("trouble")) {
        session.call("grow", 90);
      }
      this.runtime.manager.evict("trouble");
      Boolean[] expected = new Boolean[2 * i];
      for (int j = 0; j < expected.length; j++) {
        expected[j] = j % 2 == 0;
      }
      awaitAlerts("*", expected);
    }
  }

  @Test
  void whatHappensWhileAnAlertIsToldIsSeenThoughAListenerParks() {
    MemoryBudget budget = new MemoryBudget(100, List.of(at(80, Action.EVENT)));
    MemoryAccount account = new MemoryAccount(budget, new ModuleMemory("test"));
    budget.open(account);
    WasmEventPublisher events = new WasmEventPublisher();
    List<Boolean> told = new CopyOnWriteArrayList<>();
    events.addListener(
        event -> {
          told.add(((WasmEvent.MemoryAlert) event).raised());
          account.subtract(account.held());
          // As a lock does that is taken; it uses up what woke the thread.
          LockSupport.parkNanos(1);
        });
    start();
    MemoryWatch watch = new MemoryWatch(budget, events);
    try {
      account.add(90);

      await().untilAsserted(() -> assertThat(told).containsExactly(true, false));
    } finally {
      watch.close();
    }
  }

  @Test
  void aModuleAlertsWhenAnInstanceComesNearItsLimit() {
    start();
    withTenPages(at(50, Action.EVENT, Action.LOG));
    try (WasmSession first = this.runtime.manager.open("trouble");
        WasmSession second = this.runtime.manager.open("trouble")) {
      first.call("grow", 3);
      second.call("grow", 3);
      second.call("grow", 1);
      awaitAlerts("trouble", true);
    }
    this.runtime.manager.evict("trouble");
    awaitAlerts("trouble", true, false);
  }

  @Test
  void recyclingThrowsIdleInstancesAway() {
    start(at(80, Action.RECYCLE, Action.EVENT));
    with("trouble", settings -> {});
    with("four-pages", settings -> {});
    WasmSession one = this.runtime.manager.open("four-pages");
    WasmSession other = this.runtime.manager.open("four-pages");
    one.close();
    other.close();
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      session.call("grow", 79);
      awaitAlerts("*", true);
      await()
          .untilAsserted(
              () ->
                  assertThat(this.runtime.manager.status("four-pages").get(0).pool().idle())
                      .isZero());
    }
    // The instance that is given back is not kept either, and that ends the alert.
    awaitAlerts("*", true, false);
    assertThat(this.runtime.budget.used()).isZero();
  }

  @Test
  void aModuleRecyclesWhatIsTooLarge() {
    start();
    withTenPages(at(50, Action.RECYCLE, Action.EVENT));
    WasmSession small = this.runtime.manager.open("trouble");
    WasmSession large = this.runtime.manager.open("trouble");
    large.call("grow", 5);
    awaitAlerts("trouble", true);
    small.close();
    large.close();

    awaitAlerts("trouble", true, false);
    assertThat(this.runtime.manager.status("trouble").get(0).pool().idle()).isOne();
    assertThat(this.runtime.budget.stats().committed()).isEqualTo(PAGE);
  }

  @Test
  void refusesNewInstancesUntilItIsOver() {
    start(at(80, Action.REFUSE));
    with("trouble", settings -> {});
    with("four-pages", settings -> {});
    WasmSession large = this.runtime.manager.open("trouble");
    large.call("grow", 79);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        failure(
                            WasmErrorCategory.BUDGET,
                            () -> this.runtime.manager.open("four-pages")))
                    .hasMessageContaining("80 %")
                    .hasMessageContaining("wasm.memory.alerts"));
    large.close();

    // Idle instances make room first, so that nobody is refused because of them.
    this.runtime.manager.open("four-pages").close();
  }

  @Test
  void aModuleRefusesNewInstancesOfItsOwn() {
    start();
    withTenPages(at(50, Action.REFUSE));
    with("four-pages", settings -> {});
    WasmSession large = this.runtime.manager.open("trouble");
    large.call("grow", 6);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        failure(
                            WasmErrorCategory.BUDGET, () -> this.runtime.manager.open("trouble")))
                    .hasMessageContaining("limits.memory-alerts"));
    this.runtime.manager.open("four-pages").close();
    org.assertj.core.api.Assertions.assertThatException()
        .isThrownBy(() -> large.call("unreachable_op"));
    large.close();

    this.runtime.manager.open("trouble").close();
  }

  @Test
  void aListenerThatCallsAModuleDoesNotStandInTheWay() {
    start(at(50, Action.EVENT));
    with("trouble", settings -> {});
    this.runtime.events.addListener(
        event -> {
          if (event instanceof WasmEvent.MemoryAlert) {
            this.runtime.manager.open("trouble").close();
          }
        });
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      session.call("grow", 60);
      awaitAlerts("*", true);
    }
  }

  @Test
  void withoutAlertsThereIsNoThread() {
    start();
    withTenPages();
    this.runtime.manager.open("trouble").close();

    assertThat(watchers()).isZero();
  }

  @Test
  void theThreadEndsWithTheManager() {
    start(at(50, Action.LOG));
    // That of another runtime may just be ending.
    await().untilAsserted(() -> assertThat(watchers()).isOne());

    this.runtime.close();

    await().untilAsserted(() -> assertThat(watchers()).isZero());
  }

  private static long watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("wasm-memory-watch"))
        .count();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "101, 50", "50, 51", "50, -1"})
  void refusesMarksThatMakeNoSense(int threshold, int clearBelow) {
    start();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WasmMemoryAlert(threshold, clearBelow, EnumSet.of(Action.LOG)))
        .withMessageContaining("threshold");
    assertThatIllegalArgumentException().isThrownBy(() -> WasmMemoryAlert.at(50, Set.of()));
  }
}
