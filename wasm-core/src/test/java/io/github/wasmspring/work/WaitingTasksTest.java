package io.github.wasmspring.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.tenant.TenantAccount;
import io.github.wasmspring.internal.tenant.TenantStay;
import io.github.wasmspring.internal.tenant.TenantTable;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingTasksTest {

  private final TenantTable tenants =
      new TenantTable(
          WasmTenantSettings.DEFAULTS.with(
              settings ->
                  settings
                      .interval(Duration.ofDays(1))
                      .tenant("large", WasmTenantLimits.NONE.withShare(1000))),
          WasmTenantResolver.NONE);
  private final WaitingTasks tasks = new WaitingTasks();
  private long lastId;

  /** One that has used some time. */
  private TenantAccount busy(String key) {
    TenantStay stay = this.tenants.enter(key);
    stay.timed(
        () -> {
          long end = System.nanoTime() + 1_000_000;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          return null;
        });
    return stay.account();
  }

  private CallTask<?> add(@Nullable TenantAccount tenant, WasmPriority priority) {
    CallTask<?> task =
        new CallTask<>(
            ++this.lastId,
            WasmTaskRequest.of(
                new WasmCallId("orders", "1.0.0", "total"),
                WasmModuleSettings.DEFAULTS,
                priority,
                true),
            tenant,
            cancellation -> null,
            UnaryOperator.identity());
    this.tasks.add(task);
    return task;
  }

  private CallTask<?> add(@Nullable TenantAccount tenant) {
    return add(tenant, WasmPriority.NORMAL);
  }

  private List<CallTask<?>> drain() {
    List<CallTask<?>> order = new ArrayList<>();
    for (CallTask<?> next = this.tasks.poll(); next != null; next = this.tasks.poll()) {
      order.add(next);
    }
    assertThat(this.tasks.size()).isZero();
    return order;
  }

  @Test
  void withoutTenantsPriorityAndArrivalDecide() {
    CallTask<?> first = add(null);
    CallTask<?> second = add(null);
    CallTask<?> high = add(null, WasmPriority.HIGH);
    assertThat(drain()).containsExactly(high, first, second);
  }

  @Test
  void whoFloodsTheQueueWaitsForWhoDoesNot() {
    TenantAccount hostile = busy("hostile");
    List<CallTask<?>> flood = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      flood.add(add(hostile));
    }
    CallTask<?> quiet = add(this.tenants.enter("quiet").account());
    List<CallTask<?>> order = drain();
    assertThat(order.get(0)).isSameAs(quiet);
    assertThat(order.subList(1, 1001)).isEqualTo(flood);
  }

  @Test
  void priorityGoesBeforeTenants() {
    TenantAccount hostile = busy("hostile");
    CallTask<?> high = add(hostile, WasmPriority.HIGH);
    CallTask<?> quiet = add(this.tenants.enter("quiet").account());
    assertThat(drain()).containsExactly(high, quiet);
  }

  @Test
  void aLargerShareMayHaveHadMore() {
    TenantAccount large = busy("large");
    TenantAccount small = busy("small");
    CallTask<?> ofSmall = add(small);
    CallTask<?> ofLarge = add(large);
    assertThat(drain()).containsExactly(ofLarge, ofSmall);
  }

  @Test
  void whatIsTakenOutIsGone() {
    TenantAccount tenant = this.tenants.enter("quiet").account();
    CallTask<?> first = add(tenant);
    CallTask<?> second = add(tenant);
    assertThat(this.tasks.remove(first)).isTrue();
    assertThat(this.tasks.remove(first)).isFalse();
    assertThat(this.tasks.size()).isOne();
    assertThat(drain()).containsExactly(second);
    assertThat(this.tasks.remove(second)).isFalse();
  }
}
