package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a budget of eight pages means for modules. */
@Timeout(60)
class BudgetTest {

  private static final int PAGE = 65536;
  private static final int TABLES = 100;

  private final TestRuntime runtime = new TestRuntime(new MemoryBudget(8 * PAGE + TABLES));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void with(String guest, Consumer<Pool.Builder> pool) {
    WasmModuleDescriptor.Builder module = guest(guest);
    this.runtime.with(
        module.settings(
            settings ->
                settings.pool(
                    old ->
                        pool.accept(
                            old.reset(WasmResetPolicy.NONE)
                                .borrowTimeout(Duration.ofMillis(50))))));
  }

  private int grow(String module, int pages) {
    return this.runtime
        .manager
        .module(module)
        .operation("grow")
        .input(pages)
        .retrieve(int.class)
        .value();
  }

  @Test
  void instancesAreCountedFromMakingToThrowingAway() {
    with("four-pages", settings -> {});
    try (WasmSession session = this.runtime.manager.open("four-pages")) {
      assertThat(session.memory().size()).isEqualTo(4 * PAGE);
      assertThat(this.runtime.budget.usedByModule()).containsEntry("four-pages", 4L * PAGE);
    }
    assertThat(this.runtime.budget.used()).isEqualTo(4 * PAGE);

    this.runtime.manager.evict("four-pages");

    assertThat(this.runtime.budget.used()).isZero();
  }

  @Test
  void whatIsKeptForResettingIsCountedToo() {
    this.runtime.with(guest("four-pages"));

    this.runtime.manager.open("four-pages").close();

    assertThat(this.runtime.budget.used()).isGreaterThanOrEqualTo(4 * PAGE);
  }

  @Test
  void theInstanceThatDoesNotFitIsRefusedAndTheOthersWork() {
    with("four-pages", settings -> {});
    try (WasmSession first = this.runtime.manager.open("four-pages");
        WasmSession second = this.runtime.manager.open("four-pages")) {
      assertThat(failure(WasmErrorCategory.BUDGET, () -> this.runtime.manager.open("four-pages")))
          .hasMessageContaining("four-pages " + 8 * PAGE)
          .hasMessageContaining("wasm.memory.budget");
      assertThat(first.memory().size() + second.memory().size()).isEqualTo(8 * PAGE);
    }

    this.runtime.manager.open("four-pages").close();
  }

  @Test
  void whoWaitsGetsTheRoomThatAnotherModuleLeaves() throws Exception {
    with("four-pages", pool -> pool.idleTime(Duration.ZERO));
    with("trouble", pool -> pool.borrowTimeout(Duration.ofSeconds(30)));
    WasmSession first = this.runtime.manager.open("four-pages");
    WasmSession second = this.runtime.manager.open("four-pages");
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> this.runtime.manager.open("trouble").close());

    first.close();

    waiting.get(10, TimeUnit.SECONDS);
    second.close();
  }

  @Test
  void idleInstancesOfOtherModulesMakeRoom() {
    with("four-pages", settings -> {});
    with("trouble", settings -> {});
    WasmSession first = this.runtime.manager.open("four-pages");
    WasmSession second = this.runtime.manager.open("four-pages");
    first.close();
    second.close();
    assertThat(this.runtime.budget.used()).isEqualTo(8 * PAGE);

    assertThat(grow("trouble", 2)).isEqualTo(1);

    assertThat(this.runtime.manager.status("four-pages").get(0).pool().idle()).isEqualTo(1);
  }

  @Test
  void theMinimumOfInstancesIsNotThrownAwayForOthers() {
    with("four-pages", pool -> pool.min(2).max(2));
    with("trouble", settings -> {});
    this.runtime.manager.warmUp("four-pages");

    failure(WasmErrorCategory.BUDGET, () -> grow("trouble", 1));

    assertThat(this.runtime.manager.status("four-pages").get(0).pool().idle()).isEqualTo(2);
  }

  @Test
  void aGuestThatGrowsBeyondTheBudgetIsToldSo() {
    with("trouble", settings -> {});

    assertThat(grow("trouble", 8)).isEqualTo(-1);
    assertThat(grow("trouble", 6)).isEqualTo(1);
    assertThat(grow("trouble", 1)).isEqualTo(7);
    assertThat(grow("trouble", 1)).isEqualTo(-1);
  }

  @Test
  void aModuleThatCanNeverFitSaysSo() {
    try (TestRuntime small = new TestRuntime(new MemoryBudget(3 * PAGE))) {
      small.with(guest("four-pages"));

      assertThat(failure(WasmErrorCategory.BUDGET, () -> small.manager.open("four-pages")))
          .hasMessageContaining("starts with " + 4 * PAGE + " bytes");
    }
  }

  @Test
  void aFailedInstanceGivesItsMemoryBack() {
    with("trouble", settings -> {});

    failure(
        WasmErrorCategory.TRAP,
        () ->
            this.runtime
                .manager
                .module("trouble")
                .operation("unreachable_op")
                .retrieve(void.class));

    assertThat(this.runtime.budget.used()).isZero();
  }
}
