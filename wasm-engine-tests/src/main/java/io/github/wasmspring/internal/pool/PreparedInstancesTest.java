package io.github.wasmspring.internal.pool;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasiSettings;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Pool;
import io.github.wasmspring.module.WasmNewInstance;
import io.github.wasmspring.module.WasmResetPolicy;
import io.github.wasmspring.prepare.WasmTier;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances that are prepared once, and all begin with what that left. */
@Timeout(60)
class PreparedInstancesTest {

  private static final int PAGE = 65536;

  private final TestRuntime runtime = new TestRuntime(new MemoryBudget(12 * PAGE));

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private static WasmModuleDescriptor.Builder with(String guest, Consumer<Pool.Builder> pool) {
    return guest(guest)
        .settings(
            settings ->
                settings.pool(old -> pool.accept(old.borrowTimeout(Duration.ofMillis(100)))));
  }

  private long call(String module, String operation) {
    return ((Number)
            Objects.requireNonNull(this.runtime.manager.execute(module, operation, null).value()))
        .longValue();
  }

  private void assertRefused(WasmErrorCategory category, String... parts) {
    assertThatThrownBy(() -> this.runtime.manager.warmUp("state"))
        .isInstanceOfSatisfying(
            WasmException.class,
            failure -> {
              assertThat(failure.category()).isEqualTo(category);
              assertThat(failure.context().module()).isEqualTo("state");
            })
        .hasMessageContainingAll(parts);
    assertThat(this.runtime.budget.used()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmResetPolicy.class,
      names = {"MEMORY", "FRESH"})
  void everyBorrowerBeginsWithWhatAnExportHasLeft(WasmResetPolicy policy) {
    this.runtime.with(with("state", pool -> pool.max(2).reset(policy).prepare("bump_memory")));

    assertThat(IntStream.range(0, 5).mapToLong(i -> call("state", "bump_memory"))).containsOnly(2L);
  }

  @Test
  void instancesThatAreKeptGoOnFromThere() {
    this.runtime.with(
        with("state", pool -> pool.max(1).reset(WasmResetPolicy.NONE).prepare("bump_memory")));

    assertThat(IntStream.range(0, 3).mapToLong(i -> call("state", "bump_memory")))
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void aSessionLeavesNothingBehind() {
    this.runtime.with(
        with("state", pool -> pool.max(1).reset(WasmResetPolicy.SESSION).prepare("bump_memory")));

    for (int i = 0; i < 2; i++) {
      try (WasmSession session = this.runtime.manager.open("state")) {
        assertThat(session.call("bump_memory")).containsExactly(2);
      }
    }
  }

  @Test
  void isDoneOnceForAllInstances() {
    AtomicInteger prepared = new AtomicInteger();
    this.runtime.with(
        with("state", pool -> pool.min(2).max(3).reset(WasmResetPolicy.FRESH))
            .prepare(
                instance -> {
                  prepared.incrementAndGet();
                  instance.call("grow", 1);
                  Objects.requireNonNull(instance.memory()).writeByte(PAGE + 9, (byte) 42);
                }));
    this.runtime.manager.warmUp("state");
    try (WasmSession one = this.runtime.manager.open("state");
        WasmSession two = this.runtime.manager.open("state");
        WasmSession three = this.runtime.manager.open("state")) {
      for (WasmSession each : List.of(one, two, three)) {
        assertThat(each.memory().readByte(PAGE + 9)).isEqualTo((byte) 42);
        each.memory().writeByte(PAGE + 9, (byte) 1);
      }
    }
    call("state", "bump_memory");

    assertThat(prepared).hasValue(1);
  }

  @Test
  void aCallbackCallsOperationsAsTheirConventionHasThem() {
    AtomicReference<String> echoed = new AtomicReference<>();
    this.runtime.with(
        guest("buffer")
            .prepare(
                instance -> {
                  echoed.set(instance.execute("echo", String.class, "größer"));
                  assertThat(instance.execute("id_long", long.class, 5L)).isEqualTo(5L);
                }));
    long allocations = call("buffer", "allocs");

    assertThat(echoed).hasValue("größer");
    assertThat(allocations).isPositive();
    assertThat(call("buffer", "allocs")).isEqualTo(allocations);
  }

  @Test
  void anExportIsCalledBeforeTheCallback() {
    this.runtime.with(
        with("state", pool -> pool.prepare("bump_memory"))
            .prepare(instance -> assertThat(instance.call("bump_memory")).containsExactly(2)));

    assertThat(call("state", "bump_memory")).isEqualTo(3);
  }

  @Test
  void theInstanceOfACallbackCanNotBeUsedAfterwards() {
    AtomicReference<WasmNewInstance> kept = new AtomicReference<>();
    this.runtime.with(guest("state").prepare(kept::set));
    call("state", "bump_memory");

    assertThatThrownBy(() -> kept.get().call("bump_memory"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'state' has been prepared");
  }

  @Test
  void theBudgetPaysForWhatIsKeptUntilTheModuleGoes() {
    this.runtime.with(
        with("state", pool -> pool.min(0).max(1).idleTime(Duration.ZERO))
            .prepare(
                instance ->
                    Objects.requireNonNull(instance.memory())
                        .write(0, "x".repeat(3 * 4096).getBytes(StandardCharsets.UTF_8))));
    this.runtime.manager.warmUp("state");

    assertThat(this.runtime.budget.used()).isBetween(3L * 4096, 6L * 4096);
    this.runtime.registry.unregister("state", "1.0.0");
    assertThat(this.runtime.budget.used()).isZero();
  }

  @Test
  void whatTheBudgetHasNoRoomForIsRefused() {
    this.runtime.with(
        with("state", pool -> pool.max(1))
            .prepare(
                instance -> {
                  instance.call("grow", 7);
                  byte[] much = new byte[7 * PAGE];
                  Arrays.fill(much, (byte) 1);
                  Objects.requireNonNull(instance.memory()).write(0, much);
                }));

    assertThatThrownBy(() -> call("state", "bump_memory"))
        .isInstanceOfSatisfying(
            WasmException.class,
            failure ->
                assertThat(failure.category())
                    .isIn(WasmErrorCategory.BUDGET, WasmErrorCategory.MEMORY_LIMIT))
        .hasMessageContaining("wasm.memory.budget");
  }

  @Test
  void aTrapIsToldWithTheSettingThatAskedForIt() {
    this.runtime.with(with("state", pool -> pool.prepare("fail")));

    assertRefused(
        WasmErrorCategory.INSTANTIATION, "can't be prepared by fail (pool.prepare)", "unreachable");
  }

  @Test
  void aFunctionThatIsNotThereIsToldWithThoseThatAre() {
    this.runtime.with(with("state", pool -> pool.prepare("bump")));

    assertRefused(
        WasmErrorCategory.INSTANTIATION, "no function 'bump'", "bump_memory", "pool.prepare");
  }

  @Test
  void aFunctionWithParametersIsRefused() {
    this.runtime.with(with("state", pool -> pool.prepare("poke")));

    assertRefused(WasmErrorCategory.INSTANTIATION, "poke", "WasmPreparation");
  }

  @Test
  void whatTakesTooLongIsStopped() {
    this.runtime.with(
        WasmModuleDescriptor.builder("state")
            .location(guest("buffer").build().location())
            .settings(settings -> settings.pool(pool -> pool.prepareTimeout(Duration.ofMillis(50))))
            .prepare(instance -> instance.call("wait_for_ever", 0, 0)));

    assertRefused(WasmErrorCategory.TIMEOUT, "50 ms", "pool.prepare-timeout");
  }

  @Test
  void aFailureOfTheCallbackIsTold() {
    this.runtime.with(
        guest("state")
            .prepare(
                instance -> {
                  throw new IllegalStateException("no library there");
                }));

    assertRefused(WasmErrorCategory.INSTANTIATION, "WasmPreparation", "no library there");
  }

  @Test
  void openFilesCanNotBeKept(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("a"), "text");
    this.runtime.with(
        WasmModuleDescriptor.builder("state")
            .location(guest("wasi").build().location())
            .settings(
                settings ->
                    settings.wasi(
                        wasi ->
                            wasi.directories(
                                List.of(
                                    new WasiSettings.Directory(
                                        "/data", directory, WasiSettings.Access.READ_ONLY)))))
            .prepare(
                instance -> {
                  Objects.requireNonNull(instance.memory()).writeByte(64, (byte) 'a');
                  long[] opened = instance.call("path_open", 3, 0, 64, 1, 0, 2, 0, 0, 128);
                  assertThat(opened).containsExactly(0);
                }));

    assertRefused(WasmErrorCategory.INSTANTIATION, "can't be kept", "files open");
  }

  @Test
  void newCodeIsPreparedForItself() {
    this.runtime.with(with("state", pool -> pool.prepare("bump_memory")));
    assertThat(call("state", "bump_memory")).isEqualTo(2);

    this.runtime.manager.update(
        "state",
        WasmModuleManager.DEFAULT,
        guest("state")
            .version("2.0.0")
            .prepare(
                instance -> {
                  instance.call("bump_memory");
                  instance.call("bump_memory");
                })
            .build());

    assertThat(call("state", "bump_memory")).isEqualTo(3);
  }

  @Test
  void codeThatCanNotBePreparedIsNotRolledOut() {
    this.runtime.with(with("state", pool -> pool.prepare("bump_memory")));
    assertThat(call("state", "bump_memory")).isEqualTo(2);

    assertThatThrownBy(
            () ->
                this.runtime.manager.update(
                    "state",
                    WasmModuleManager.DEFAULT,
                    with("state", pool -> pool.prepare("fail")).version("2.0.0").build()))
        .isInstanceOf(WasmException.class)
        .hasMessageContaining("pool.prepare");

    assertThat(call("state", "bump_memory")).isEqualTo(2);
  }

  @Test
  void compiledCodeThatTakesOverIsPreparedToo() {
    TestEngines.assumeInterpreter();
    this.runtime.with(
        with("state", pool -> pool.prepare("bump_memory"))
            .settings(settings -> settings.engineMode(WasmEngineMode.TIERED)));
    assertThat(call("state", "bump_memory")).isEqualTo(2);

    await()
        .untilAsserted(
            () ->
                assertThat(this.runtime.manager.status("state").get(0).tier().state())
                    .isEqualTo(WasmTier.State.COMPILED));

    assertThat(call("state", "bump_memory")).isEqualTo(2);
  }

  private static WasmImportDefinition unused(
      String module, String name, List<WasmValueType> parameters, List<WasmValueType> results) {
    return new WasmImportDefinition(
        module,
        name,
        new WasmFunctionType(parameters, results),
        (caller, arguments) -> new long[results.size()]);
  }

  @Test
  void modulesThatImportFromOthersAreRefused() {
    this.runtime
        .with(
            guest("library").imports(unused("env", "note", List.of(WasmValueType.I32), List.of())))
        .with(with("importer", pool -> pool.prepare("number")).dependency("library", "*"));

    assertThatThrownBy(() -> this.runtime.manager.warmUp("importer"))
        .isInstanceOf(WasmException.class)
        .hasMessageContainingAll("can't be kept", "imports from other modules");
  }

  @Test
  void guestsThatMayStartThreadsAreRefused() {
    this.runtime.with(
        guest("threads")
            .imports(
                unused("host", "work", List.of(WasmValueType.I32), List.of(WasmValueType.I32)),
                unused("host", "exit", List.of(), List.of()))
            .settings(settings -> settings.limits(limits -> limits.guestThreads(1)))
            .prepare(instance -> {}));

    assertThatThrownBy(() -> this.runtime.manager.warmUp("threads"))
        .isInstanceOf(WasmException.class)
        .hasMessageContainingAll("can't be kept", "may start threads");
  }
}
