package io.github.wasmspring.internal.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.tenant.WasmUnknownTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantTableTest {

  private static final WasmCallId CALL = new WasmCallId("orders", "1.0.0", "total");
  private static final WasmTenantLimits TWO_CALLS = WasmTenantLimits.NONE.withCalls(2);
  private static final WasmTenantLimits HALF =
      WasmTenantLimits.NONE.withCpuTime(Duration.ofMillis(500));

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  private TenantTable table(Consumer<WasmTenantSettings.Builder> settings) {
    return new TenantTable(
        WasmTenantSettings.DEFAULTS.with(settings), WasmTenantResolver.NONE, this.now::get);
  }

  private void pass(long millis) {
    this.now.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private static WasmTenantRefusedException refusal(TenantTable table, String key) {
    return catchThrowableOfType(WasmTenantRefusedException.class, () -> table.enter(key));
  }

  private static WasmTenantStatus status(TenantTable table, String key) {
    return table.find(key).orElseThrow();
  }

  private static void run(TenantTable table, String key, long cpuMillis) {
    TenantStay stay = table.enter(key);
    long nanos = Duration.ofMillis(cpuMillis).toNanos();
    stay.account().ran(nanos, nanos);
    stay.end();
  }

  @Test
  void oneThatHasManyCallsAtATimeIsRefusedAndNobodyElse() {
    TenantTable table = table(settings -> settings.defaults(TWO_CALLS));
    TenantStay first = table.enter("acme");
    table.enter("acme");
    WasmTenantRefusedException refusal = refusal(table, "acme");
    assertThat(refusal.category()).isEqualTo(WasmErrorCategory.REJECTED);
    assertThat(refusal.tenant()).isEqualTo("acme");
    assertThat(refusal.limit()).isEqualTo("calls");
    assertThat(refusal)
        .hasMessageContaining("tenant 'acme' has 2 calls")
        .hasMessageContaining("may have 2 at a time (wasm.tenants.defaults.calls)")
        .hasMessageContaining("try again in 1000 ms");
    table.enter("globex");

    first.end();
    first.end();
    table.enter("acme");
    assertThat(refusal(table, "acme")).isNotNull();
    assertThat(status(table, "acme").calls()).isEqualTo(2);
    assertThat(status(table, "acme").admitted()).isEqualTo(3);
    assertThat(status(table, "acme").refused().calls()).isEqualTo(2);
    assertThat(status(table, "globex").refused().all()).isZero();
  }

  @Test
  void aRefusalTakesNoTimeForAStackTraceAndStillTellsWhereItWas() {
    TenantTable table = table(settings -> settings.defaults(TWO_CALLS));
    table.enter("acme");
    table.enter("acme");
    WasmException refusal =
        refusal(table, "acme").locate(new WasmErrorContext("json", "1.0.0", "format", null));
    assertThat(refusal.getStackTrace()).isEmpty();
    assertThat(refusal).hasMessageStartingWith("module 'json' 1.0.0, operation 'format': tenant");
  }

  @Test
  void theMessageNamesThePropertyOfANamedTenant() {
    TenantTable table =
        table(settings -> settings.tenant("acme", TWO_CALLS).tenant("a.b c", TWO_CALLS));
    for (String key : List.of("acme", "a.b c")) {
      table.enter(key);
      table.enter(key);
    }
    assertThat(refusal(table, "acme")).hasMessageContaining("(wasm.tenants.limits.acme.calls)");
    assertThat(refusal(table, "a.b c")).hasMessageContaining("(wasm.tenants.limits[a.b c].calls)");
  }

  @Test
  void whoHasUsedTooMuchProcessorTimeWaitsUntilThatIsMadeUpFor() {
    TenantTable table = table(settings -> settings.defaults(HALF));
    run(table, "acme", 300);
    run(table, "acme", 450);
    WasmTenantRefusedException refusal = refusal(table, "acme");
    assertThat(refusal.limit()).isEqualTo("cpu-time");
    assertThat(refusal)
        .hasMessageContaining("used 250 ms of processor time more than the 500 ms")
        .hasMessageContaining("in each 1000 ms (wasm.tenants.defaults.cpu-time)")
        .hasMessageContaining("try again in 501 ms");
    assertThat(refusal.retryAfter()).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
    run(table, "globex", 1);

    pass(499);
    assertThat(refusal(table, "acme")).isNotNull();
    this.now.addAndGet(refusal.retryAfter().toNanos() - Duration.ofMillis(499).toNanos());
    run(table, "acme", 1);
    assertThat(status(table, "acme").refused().cpuTime()).isEqualTo(2);
    assertThat(status(table, "acme").cpuTime()).isEqualTo(Duration.ofMillis(751));
  }

  @Test
  void inTheLongRunNobodyGetsMoreThanItsLimit() {
    TenantTable table = table(settings -> settings.defaults(HALF));
    long used = 0;
    for (int millis = 0; millis < 60_000; millis++) {
      if (mayRun(table, 3)) {
        used += 3;
      }
      pass(1);
    }
    assertThat(used).isBetween(30_000L - 10, 30_500L + 10);
  }

  private static boolean mayRun(TenantTable table, long millis) {
    try {
      run(table, "acme", millis);
      return true;
    } catch (WasmTenantRefusedException refusal) {
      return false;
    }
  }

  @Test
  void nobodySavesUpMoreThanOneInterval() {
    TenantTable table = table(settings -> settings.defaults(HALF));
    run(table, "acme", 1);
    pass(3_600_000);
    run(table, "acme", 501);
    assertThat(refusal(table, "acme")).isNotNull();
  }

  @Test
  void memoryIsThatOfInstancesWhileTheyRunItsCalls() {
    TenantTable table =
        table(settings -> settings.defaults(WasmTenantLimits.NONE.withMemory(1000)));
    TenantStay one = table.enter("acme");
    one.hold(400);
    TenantStay two = table.enter("acme");
    two.hold(400);
    assertThat(one.add(200)).isTrue();
    assertThat(one.add(1)).isFalse();
    TenantStay three = table.enter("acme");
    assertThatThrownBy(() -> three.hold(1))
        .isInstanceOf(WasmTenantRefusedException.class)
        .hasMessageContaining("has 1000 bytes of memory in its calls and may have 1000");
    assertThat(status(table, "acme").memory()).isEqualTo(1000);
    one.subtract(100);
    assertThat(status(table, "acme").memory()).isEqualTo(900);
    one.letGo();
    assertThat(one.add(5000)).isTrue();
    two.end();
    three.end();
    one.end();
    assertThat(status(table, "acme").memory()).isZero();
    assertThat(status(table, "acme").calls()).isZero();
    assertThat(status(table, "acme").refused().memory()).isEqualTo(2);
  }

  @Test
  void aCallThatIsGivenUpBeforeItBeginsHasEnded() {
    TenantTable table = table(settings -> settings.defaults(TWO_CALLS));
    TenantStay waiting = table.enter("acme");
    waiting.abandon();
    assertThat(waiting.start()).isFalse();
    waiting.end();
    assertThat(status(table, "acme").calls()).isZero();

    TenantStay running = table.enter("acme");
    assertThat(running.start()).isTrue();
    running.abandon();
    assertThat(status(table, "acme").calls()).isOne();
    running.end();
    assertThat(status(table, "acme").calls()).isZero();
  }

  @Test
  void keysFromOutsideDoNotFillTheTable() {
    TenantTable table = table(settings -> settings.mostKept(10).defaults(TWO_CALLS));
    for (int i = 0; i < 10_000; i++) {
      table.enter("made-up-" + i).end();
    }
    assertThat(table.list()).hasSizeLessThanOrEqualTo(12);
    assertThat(table.others().admitted()).isEqualTo(10_000);
  }

  @Test
  void whoComesWhenAllPlacesAreTakenSharesOne() {
    TenantTable table = table(settings -> settings.mostKept(3).defaults(TWO_CALLS));
    for (int i = 0; i < 3; i++) {
      table.enter("busy-" + i);
    }
    table.enter("late-1");
    table.enter("late-2");
    assertThat(refusal(table, "late-3").tenant()).isEqualTo(WasmTenants.OTHER);
    assertThat(table.others().calls()).isEqualTo(5);
    assertThat(table.others().refused().calls()).isOne();
  }

  @Test
  void whoCallsHimselfTheOthersIsOneOfThem() {
    TenantTable table = table(settings -> settings.mostKept(3).defaults(TWO_CALLS));
    table.enter(WasmTenants.OTHER);
    assertThat(table.list())
        .extracting(WasmTenantStatus::tenant)
        .containsOnlyOnce(WasmTenants.OTHER);
    for (int i = 0; i < 3; i++) {
      table.enter("busy-" + i);
    }
    table.enter("late-1");
    assertThat(refusal(table, "late-2").tenant()).isEqualTo(WasmTenants.OTHER);
    assertThat(table.others().calls()).isEqualTo(5);
  }

  @Test
  void whoIsForgottenKeepsNoDebtBackAndItsFiguresStay() {
    TenantTable table = table(settings -> settings.mostKept(1).defaults(HALF));
    run(table, "acme", 700);
    run(table, "second", 1);
    assertThat(refusal(table, "acme")).as("not forgotten while it has to wait").isNotNull();
    pass(10_000);
    run(table, "third", 1);
    assertThat(table.find("acme")).isEmpty();
    assertThat(table.others().cpuTime()).isEqualTo(Duration.ofMillis(702));
    assertThat(table.others().refused().cpuTime()).isOne();
  }

  @Test
  void unknownOnesCanBeOneOrBeRefused() {
    TenantTable together =
        table(settings -> settings.unknown(WasmUnknownTenants.TOGETHER).defaults(TWO_CALLS));
    together.enter("a");
    together.enter("b");
    assertThat(refusal(together, "c").tenant()).isEqualTo(WasmTenants.OTHER);

    TenantTable refuse =
        table(
            settings ->
                settings.unknown(WasmUnknownTenants.REFUSE).tenant("acme", WasmTenantLimits.NONE));
    refuse.enter("acme").end();
    refuse.enter(WasmTenants.DEFAULT).end();
    assertThatThrownBy(() -> refuse.enter("c"))
        .isInstanceOf(WasmInvalidInputException.class)
        .hasMessageContaining("wasm.tenants.unknown");
  }

  @Test
  void aKeyIsGivenOrResolvedOrTheDefault() {
    List<WasmCallId> asked = new ArrayList<>();
    TenantTable table =
        new TenantTable(
            WasmTenantSettings.DEFAULTS,
            call -> {
              asked.add(call);
              return asked.size() == 1 ? "resolved" : null;
            });
    assertThat(table.key(CALL, "given")).isEqualTo("given");
    assertThat(asked).isEmpty();
    assertThat(table.key(CALL, null)).isEqualTo("resolved");
    assertThat(table.key(CALL, null)).isEqualTo(WasmTenants.DEFAULT);
    assertThat(asked).containsExactly(CALL, CALL);
  }

  @Test
  void aKeyMayBeRequired() {
    TenantTable table = table(settings -> settings.required(true));
    assertThat(table.key(CALL, "acme")).isEqualTo("acme");
    assertThatThrownBy(() -> table.key(CALL, null))
        .isInstanceOf(WasmInvalidInputException.class)
        .hasMessageContaining("wasm.tenants.required")
        .hasMessageContaining("WasmTenantResolver");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "\u2028", "\u202eevil", "\u0000"})
  void whatIsNoKeyIsRefusedAndNotShown(String key) {
    assertThatThrownBy(() -> table(settings -> {}).key(CALL, key))
        .isInstanceOf(WasmInvalidInputException.class)
        .hasMessageContaining("characters")
        .message()
        .doesNotContain("\n", "evil");
    assertThatThrownBy(() -> table(settings -> settings.tenant(key, WasmTenantLimits.NONE)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neitherIsAVeryLongOne() {
    assertThatThrownBy(() -> table(settings -> {}).key(CALL, "x".repeat(129)))
        .hasMessageContaining("129 characters");
    assertThat(table(settings -> {}).key(CALL, "x".repeat(128))).hasSize(128);
  }

  @Test
  void theNameForAllOthersIsNobodysOwn() {
    assertThatThrownBy(
            () -> table(settings -> settings.tenant(WasmTenants.OTHER, WasmTenantLimits.NONE)))
        .hasMessageContaining("stands for all tenants");
  }

  @Test
  void refusalsAreToldOnceASecond() {
    TenantTable table = table(settings -> settings.defaults(TWO_CALLS));
    table.enter("acme");
    table.enter("acme");
    assertThat(table.toldNow("acme")).isZero();
    refusal(table, "acme");
    assertThat(table.toldNow("acme")).isOne();
    for (int i = 0; i < 100; i++) {
      refusal(table, "acme");
      assertThat(table.toldNow("acme")).isZero();
    }
    pass(1000);
    assertThat(table.toldNow("acme")).isEqualTo(100);
  }

  @Test
  void whatSomebodyHasHadCountsLessAfterAWhileAndBySharesAlways() {
    TenantTable table =
        table(
            settings ->
                settings
                    .tenant("small", WasmTenantLimits.NONE)
                    .tenant("large", WasmTenantLimits.NONE.withShare(4)));
    TenantAccount small = table.enter("small").account();
    TenantAccount large = table.enter("large").account();
    small.ran(0, 1000);
    large.ran(0, 2000);
    assertThat(small.recentUse(this.now.get())).isEqualTo(1000);
    assertThat(large.recentUse(this.now.get())).isEqualTo(500);
    pass(1000);
    assertThat(small.recentUse(this.now.get())).isEqualTo(500);
    pass(60_000);
    assertThat(small.recentUse(this.now.get())).isLessThan(0.001);
  }
}
