package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmTenantRefusedException;
import io.github.wasmspring.client.WasmModuleClient.OperationSpec;
import io.github.wasmspring.client.WasmModuleHealth;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.tenant.WasmTenantLimits;
import io.github.wasmspring.tenant.WasmTenantResolver;
import io.github.wasmspring.tenant.WasmTenantSettings;
import io.github.wasmspring.tenant.WasmTenantStatus;
import io.github.wasmspring.tenant.WasmTenants;
import io.github.wasmspring.testing.ModuleMaker;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What one tenant does is no other's loss. */
@Timeout(120)
class TenantCallsTest {

  private static final WasmTenantLimits ONE_CALL = WasmTenantLimits.NONE.withCalls(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final List<Thread> asked = new CopyOnWriteArrayList<>();
  private volatile @Nullable String current = "resolved";
  private TestRuntime runtime = new TestRuntime();

  @WasmModule("trouble")
  interface Trouble {

    int add(int one, int two);

    default int divide(int one, int two) {
      return -1;
    }

    CompletableFuture<Void> spin();

    @WasmExport("add")
    CompletableFuture<Integer> addLater(int one, int two, WasmCallOptions options);
  }

  @WasmModule("trouble")
  interface Reactive {

    Mono<Integer> add(int one, int two);
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void start(WasmTenantSettings settings) {
    this.runtime.close();
    WasmTenantResolver resolver =
        call -> {
          this.asked.add(Thread.currentThread());
          return this.current;
        };
    this.runtime = new TestRuntime(settings, resolver);
    this.runtime.with(
        guest("trouble")
            .settings(
                settingsOf ->
                    settingsOf.quarantineFailures(0).limits(limits -> limits.timeout(LONG))));
    this.runtime.with(guest("hostile-storage"));
  }

  private void start(WasmTenantLimits defaults) {
    start(WasmTenantSettings.DEFAULTS.with(settings -> settings.defaults(defaults)));
  }

  private OperationSpec operation(String module, String operation, String tenant) {
    return this.runtime.manager.module(module).operation(operation).tenant(tenant);
  }

  private int add(String tenant) {
    WasmResult<Integer> result =
        operation("trouble", "add", tenant).arguments(1, 2).retrieve(Integer.class);
    return result.value();
  }

  private WasmTenantStatus status(String tenant) {
    return this.runtime.tenants().find(tenant).orElseThrow();
  }

  private static WasmTenantRefusedException refusal(Runnable call) {
    return catchThrowableOfType(WasmTenantRefusedException.class, call::run);
  }

  private void awaitNoCalls(String tenant) {
    while (status(tenant).calls() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void oneThatKeepsAThreadBusyIsRefusedMoreAndOthersAreNot() {
    start(ONE_CALL);
    CompletableFuture<?> endless =
        operation("trouble", "spin", "hostile").retrieveAsync(void.class);
    for (int i = 0; i < 100; i++) {
      WasmTenantRefusedException refusal = refusal(() -> add("hostile"));
      assertThat(refusal.category()).isEqualTo(WasmErrorCategory.REJECTED);
      assertThat(refusal)
          .hasMessageContaining("module 'trouble' 1.0.0, operation 'add'")
          .hasMessageContaining("tenant 'hostile' has 1 calls")
          .hasMessageContaining("wasm.tenants.defaults.calls");
      assertThat(add("quiet")).isEqualTo(3);
    }
    assertThat(status("quiet").admitted()).isEqualTo(100);
    assertThat(status("quiet").refused().all()).isZero();
    assertThat(status("hostile").refused().calls()).isEqualTo(100);

    endless.cancel(true);
    awaitNoCalls("hostile");
    assertThat(add("hostile")).isEqualTo(3);
  }

  @Test
  void callsThatWaitForAThreadCountAndAreNotForgottenWhenTheyAreGivenUp() {
    start(WasmTenantLimits.NONE.withCalls(50));
    List<CompletableFuture<?>> flood = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 50; i++) {
      flood.add(operation("trouble", "spin", "hostile").retrieveAsync(void.class));
    }
    assertThat(flood).noneMatch(CompletableFuture::isDone);
    CompletableFuture<?> more = operation("trouble", "spin", "hostile").retrieveAsync(void.class);
    assertThat(more).isCompletedExceptionally();
    assertThatThrownBy(more::join).hasCauseInstanceOf(WasmTenantRefusedException.class);
    flood.forEach(each -> each.cancel(true));
    awaitNoCalls("hostile");
    assertThat(status("hostile").memory()).isZero();
    assertThat(add("hostile")).isEqualTo(3);
  }

  @Test
  void whoSpinsHasUsedItsProcessorTimeAndNobodyElseHas() {
    start(
        WasmTenantSettings.DEFAULTS.with(
            settings ->
                settings
                    .interval(Duration.ofDays(1))
                    .defaults(WasmTenantLimits.NONE.withCpuTime(Duration.ofSeconds(1)))));
    assertThat(add("quiet")).isEqualTo(3);
    WasmException failure;
    do {
      failure =
          catchThrowableOfType(
              WasmException.class,
              () ->
                  operation("trouble", "spin", "hostile")
                      .timeout(Duration.ofMillis(200))
                      .retrieve(void.class));
    } while (failure.category() == WasmErrorCategory.TIMEOUT);
    assertThat(failure).isInstanceOf(WasmTenantRefusedException.class);
    WasmTenantRefusedException refusal = refusal(() -> add("hostile"));
    assertThat(refusal.limit()).isEqualTo("cpu-time");
    assertThat(refusal.retryAfter()).isPositive();
    assertThat(status("hostile").cpuTime()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(status("hostile").cpuTimeLeft()).isNegative();
    assertThat(add("quiet")).isEqualTo(3);
    assertThat(status("quiet").cpuTime()).isPositive();
  }

  @Test
  void aGuestGrowsNoFurtherThanItsTenantMay() {
    start(WasmTenantLimits.NONE.withMemory(1 << 20));
    assertThat(grow("hostile", 1000)).isEqualTo(-1);
    assertThat(grow("hostile", 2)).isEqualTo(1);
    assertThat(status("hostile").refused().memory()).isPositive();
    assertThat(status("hostile").memory()).isZero();
    // The same instance has room for those who may have more.
    this.runtime.close();
    start(WasmTenantLimits.NONE);
    assertThat(grow("quiet", 1000)).isEqualTo(1);
  }

  private int grow(String tenant, int pages) {
    WasmResult<Integer> result =
        operation("hostile-storage", "grow_memory", tenant)
            .arguments(pages)
            .retrieve(Integer.class);
    return result.value();
  }

  /** It fails for want of memory that others may have, so that it is not kept from them. */
  @Test
  void whoMayHaveNoMoreMemoryPutsNoOperationInQuarantine() {
    start(WasmTenantLimits.NONE.withMemory(1 << 20));
    this.runtime.with(
        WasmModuleDescriptor.builder("greedy")
            .location(
                this.runtime.bytes.put(
                    "greedy",
                    new ModuleMaker()
                        .type("60 01 7f 01 7f")
                        .memory("00 01")
                        // Traps unless it has grown by so many pages.
                        .function(0, "00 20 00 40 00 41 7f 46 04 40 00 0b 41 07 0b")
                        .export("grow", ModuleMaker.FUNCTION, 0)
                        .bytes()))
            .settings(settings -> settings.quarantineFailures(2)));
    for (int i = 0; i < 5; i++) {
      WasmException failure = catchThrowableOfType(WasmException.class, () -> greedy("big", 100));
      assertThat(failure.category()).isEqualTo(WasmErrorCategory.TRAP);
    }
    assertThat(greedy("small", 1)).isEqualTo(7);
  }

  private int greedy(String tenant, int pages) {
    WasmResult<Integer> result =
        operation("greedy", "grow", tenant).arguments(pages).retrieve(Integer.class);
    return result.value();
  }

  @Test
  void whatAnInstanceGrewByForOneTenantIsNoDebtOfTheNext() {
    start(WasmTenantLimits.NONE.withMemory(1 << 20));
    for (int i = 0; i < 20; i++) {
      assertThat(grow("one", 10)).isEqualTo(1);
      assertThat(grow("two", 10)).isEqualTo(1);
    }
    assertThat(status("one").memory()).isZero();
    assertThat(status("two").memory()).isZero();
  }

  @Test
  void anInstanceThatIsTooLargeIsNotTakenAndGivenBack() {
    start(WasmTenantLimits.NONE.withMemory(1000));
    for (int i = 0; i < 100; i++) {
      assertThat(refusal(() -> add("hostile")).limit()).isEqualTo("memory");
    }
    assertThat(this.runtime.manager.status("trouble").get(0).pool().inUse()).isZero();
    assertThat(status("hostile").calls()).isZero();
    assertThat(status("hostile").admitted()).as("never goes down").isEqualTo(100);
  }

  @Test
  void javaDoesNotAnswerWhoIsRefused() {
    start(ONE_CALL);
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(trouble.divide(1, 0)).isEqualTo(-1);
    CompletableFuture<Void> endless = trouble.spin();
    assertThat(refusal(() -> trouble.divide(1, 0))).isNotNull();
    endless.cancel(true);
  }

  @Test
  void sessionsCountWhileTheyAreOpen() {
    start(ONE_CALL);
    this.current = "acme";
    try (WasmSession session = this.runtime.manager.open("trouble")) {
      assertThat(session.call("add", 1, 2)).containsExactly(3);
      assertThat(session.call("add", 1, 2)).containsExactly(3);
      assertThat(refusal(() -> add("acme")).limit()).isEqualTo("calls");
      assertThat(refusal(() -> this.runtime.manager.open("trouble"))).isNotNull();
      assertThat(add("quiet")).isEqualTo(3);
      assertThat(status("acme").memory()).isPositive();
    }
    assertThat(status("acme").memory()).isZero();
    assertThat(add("acme")).isEqualTo(3);
    assertThat(status("acme").admitted()).isEqualTo(4);
    try (WasmSession session =
        this.runtime.manager.open(
            "trouble", WasmModuleManager.DEFAULT, WasmCallOptions.tenant("given"))) {
      assertThat(session.call("add", 1, 2)).containsExactly(3);
      assertThat(status("given").calls()).isOne();
    }
  }

  @Test
  void theCallersThreadIsAskedWhoeverAnswers() {
    start(WasmTenantLimits.NONE);
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(trouble.add(1, 2)).isEqualTo(3);
    assertThat(trouble.addLater(1, 2, WasmCallOptions.DEFAULTS).join()).isEqualTo(3);
    assertThat(this.asked).containsExactly(Thread.currentThread(), Thread.currentThread());
    assertThat(trouble.addLater(1, 2, WasmCallOptions.tenant("given")).join()).isEqualTo(3);
    assertThat(this.asked).hasSize(2);
    assertThat(status("resolved").admitted()).isEqualTo(2);
    assertThat(status("given").admitted()).isOne();
  }

  @Test
  void aMonoBelongsToWhoMadeItWhoeverSubscribes() throws InterruptedException {
    start(WasmTenantLimits.NONE);
    Mono<Integer> sum = this.runtime.manager.bind(Reactive.class).add(1, 2);
    this.current = "subscriber";
    Thread subscriber = new Thread(sum::block);
    subscriber.start();
    subscriber.join();
    assertThat(sum.block()).isEqualTo(3);
    assertThat(status("resolved").admitted()).isEqualTo(2);
    assertThat(this.runtime.tenants().find("subscriber")).isEmpty();
    assertThat(this.asked).containsExactly(Thread.currentThread());
  }

  @Test
  void orToWhoSubscribesIfNobodyElseCanTell() {
    start(WasmTenantSettings.DEFAULTS.with(settings -> settings.required(true)));
    this.current = null;
    Mono<Integer> sum = this.runtime.manager.bind(Reactive.class).add(1, 2);
    assertThat(sum.contextWrite(context -> context.put(WasmTenants.CONTEXT_KEY, "reader")).block())
        .isEqualTo(3);
    assertThat(status("reader").admitted()).isOne();
    assertThatThrownBy(sum::block).isInstanceOf(WasmInvalidInputException.class);
    this.current = "maker";
    Mono<Integer> made = this.runtime.manager.bind(Reactive.class).add(1, 2);
    made.contextWrite(context -> context.put(WasmTenants.CONTEXT_KEY, "reader")).block();
    assertThat(status("maker").admitted()).isOne();
    assertThat(status("reader").admitted()).isOne();
  }

  /** A check is a call of the tenant of those who say none. */
  @Test
  void aModuleWhoseTenantsMayMakeNoMoreCallsIsNotDown() {
    start(ONE_CALL);
    assertThat(this.runtime.manager.check("trouble").state()).isEqualTo(WasmModuleHealth.State.UP);
    CompletableFuture<?> endless =
        operation("trouble", "spin", WasmTenants.DEFAULT).retrieveAsync(void.class);
    WasmModuleHealth health = this.runtime.manager.check("trouble");
    assertThat(health.state()).isEqualTo(WasmModuleHealth.State.BUSY);
    assertThat(health.reason()).contains("tenant 'default' has 1 calls");
    assertThat(health.category()).isEqualTo(WasmErrorCategory.REJECTED);
    endless.cancel(true);
    awaitNoCalls(WasmTenants.DEFAULT);
    assertThat(this.runtime.manager.check("trouble").state()).isEqualTo(WasmModuleHealth.State.UP);
  }

  @Test
  void directCallsOfNumbersCountAsOthersDo() {
    start(WasmTenantLimits.NONE);
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    for (int i = 0; i < 500; i++) {
      assertThat(trouble.add(i, 1)).isEqualTo(i + 1);
    }
    assertThat(status("resolved").admitted()).isEqualTo(500);
    assertThat(status("resolved").calls()).isZero();
  }

  @Test
  void callsWithoutAKeyAreRefusedWhereOneIsRequired() {
    start(WasmTenantSettings.DEFAULTS.with(settings -> settings.required(true)));
    assertThat(add("acme")).isEqualTo(3);
    this.current = null;
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThatThrownBy(() -> trouble.add(1, 2))
        .isInstanceOf(WasmInvalidInputException.class)
        .hasMessageContaining("module 'trouble' 1.0.0, operation 'add'")
        .hasMessageContaining("wasm.tenants.required");
    assertThat(trouble.addLater(1, 2, WasmCallOptions.DEFAULTS)).isCompletedExceptionally();
    assertThatThrownBy(() -> this.runtime.manager.open("trouble"))
        .isInstanceOf(WasmInvalidInputException.class);
  }

  @Test
  void whatIsNoKeyIsTheCallersFault() {
    start(WasmTenantLimits.NONE);
    assertThatThrownBy(() -> add("a\nb"))
        .isInstanceOf(WasmInvalidInputException.class)
        .hasMessageContaining("key of the tenant")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void eventsTellOfRefusalsNowAndThen() {
    start(ONE_CALL);
    CompletableFuture<?> endless =
        operation("trouble", "spin", "hostile").retrieveAsync(void.class);
    long start = System.nanoTime();
    for (int i = 0; i < 200; i++) {
      refusal(() -> add("hostile"));
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    List<WasmEvent.TenantRefused> told = this.runtime.events(WasmEvent.TenantRefused.class);
    assertThat(told).hasSizeBetween(1, (int) seconds + 1);
    assertThat(told.get(0).tenant()).isEqualTo("hostile");
    assertThat(told.get(0).limit()).isEqualTo("calls");
    assertThat(told.get(0).times()).isOne();
    assertThat(told.get(0).operation()).isEqualTo("add");
    endless.cancel(true);
  }

  @Test
  void whereThereAreNoTenantsAKeyMeansNothing() {
    this.runtime.with(guest("trouble"));
    for (int i = 0; i < 10; i++) {
      assertThat(add("anybody")).isEqualTo(3);
    }
  }
}
