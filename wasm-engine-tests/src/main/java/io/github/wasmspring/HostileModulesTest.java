package io.github.wasmspring;

import static io.github.wasmspring.WasmErrorCategory.HOST_FUNCTION;
import static io.github.wasmspring.WasmErrorCategory.MEMORY_LIMIT;
import static io.github.wasmspring.WasmErrorCategory.STACK_OVERFLOW;
import static io.github.wasmspring.WasmErrorCategory.TIMEOUT;
import static io.github.wasmspring.WasmErrorCategory.TRAP;
import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.internal.sandbox.MemoryBudget;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.pool.PoolStats;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestEngines;
import io.github.wasmspring.testing.TestRuntime;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules that want to do harm, one way each: the guests {@code hostile-*}. None reaches the host,
 * each ends in its own category, and everything goes on as if it had not been there.
 */
@Timeout(60)
class HostileModulesTest {

  private static final long MEMORY = 4 << 20;
  private static final long BUDGET = 16 << 20;
  private static final long OUTPUT = 1 << 20;

  /** What engines take for the only element of a table. */
  private static final long MOST_TABLE_BYTES = 8;

  private final TestRuntime runtime = new TestRuntime(new MemoryBudget(BUDGET));

  @AfterEach
  void close() {
    this.runtime.close();
    Thread.interrupted();
  }

  /** One call of a hostile module. */
  record Attack(
      String module,
      String operation,
      Type result,
      WasmErrorCategory expected,
      Object... arguments) {

    @Override
    public String toString() {
      return "%s.%s%s as %s"
          .formatted(
              this.module, this.operation, Arrays.toString(this.arguments), shown(this.result));
    }

    private static String shown(Type type) {
      return type instanceof Class<?> raw ? raw.getSimpleName() : type.getTypeName();
    }
  }

  private static Attack attack(
      WasmErrorCategory expected, String module, String operation, Object... arguments) {
    return new Attack("hostile-" + module, operation, void.class, expected, arguments);
  }

  private static Attack number(
      WasmErrorCategory expected, String module, String operation, Object... arguments) {
    return new Attack("hostile-" + module, operation, int.class, expected, arguments);
  }

  private static Stream<Attack> loops() {
    return Stream.of(
        attack(TIMEOUT, "loops", "spin"),
        attack(TIMEOUT, "loops", "spin_conditionally", 1),
        attack(TIMEOUT, "loops", "spin_by_table", 7),
        attack(TIMEOUT, "loops", "spin_with_calls"),
        attack(TIMEOUT, "loops", "spin_with_indirect_calls"),
        attack(TIMEOUT, "loops", "spin_in_memory"),
        attack(TIMEOUT, "loops", "spin_while_growing"),
        attack(TIMEOUT, "loops", "spin_with_host_calls"),
        attack(TIMEOUT, "loops", "wait_in_host"),
        number(TIMEOUT, "wait", "wait"));
  }

  private static Stream<Attack> recursions() {
    return Stream.of(
        number(STACK_OVERFLOW, "recursion", "deep", 0),
        number(STACK_OVERFLOW, "recursion", "mutual", 0),
        number(STACK_OVERFLOW, "recursion", "indirect", 0),
        number(STACK_OVERFLOW, "recursion", "growing", 0),
        number(STACK_OVERFLOW, "recursion", "reenter", 0),
        new Attack(
            "hostile-recursion",
            "wide",
            long.class,
            STACK_OVERFLOW,
            1L,
            2L,
            3L,
            4L,
            5L,
            6L,
            7L,
            8L));
  }

  private static Stream<Attack> bombs() {
    return Stream.of(
        attack(TRAP, "storage", "memory_bomb", 1),
        attack(TRAP, "storage", "memory_bomb", 1000),
        attack(TRAP, "storage", "memory_bomb", 65535),
        attack(TRAP, "storage", "memory_bomb", Integer.MAX_VALUE),
        attack(TRAP, "storage", "memory_bomb", -1),
        attack(TRAP, "storage", "filled_memory_bomb"),
        attack(TRAP, "storage", "table_bomb", 1),
        attack(TRAP, "storage", "table_bomb", 1_000_000),
        attack(TRAP, "storage", "table_bomb", Integer.MAX_VALUE),
        attack(TRAP, "storage", "table_bomb", -1),
        attack(TRAP, "storage", "second_table_bomb", 7),
        attack(TRAP, "wait", "memory_bomb"));
  }

  private static Stream<Attack> results() {
    List<Type> types =
        List.of(
            String.class,
            byte[].class,
            short[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class,
            ByteBuffer.class,
            Map.class,
            void.class);
    List<Long> lies =
        List.of(
            packed(0xffffffffL, 1),
            packed(0xffffffffL, 0xffffffffL),
            packed(0x7fffffffL, 0x7fffffffL),
            packed(0x7fffffffL, 8),
            packed(0, 0x7fffffffL),
            packed(0, 0x80000000L),
            packed(8, 0xfffffff8L),
            packed(65529, 8),
            packed(65536, 8),
            packed(0, 65537));
    return Stream.concat(
        types.stream()
            .flatMap(
                type ->
                    lies.stream()
                        .map(lie -> new Attack("hostile-results", "raw", type, TRAP, lie))),
        Stream.of(
            new Attack("hostile-results", "huge", String.class, MEMORY_LIMIT, 32),
            new Attack("hostile-results", "huge", byte[].class, MEMORY_LIMIT, 17),
            new Attack("hostile-results", "huge", Map.class, MEMORY_LIMIT, 32),
            new Attack("hostile-results", "nested", List.class, TRAP),
            new Attack("hostile-results", "digits", Number.class, TRAP),
            new Attack("hostile-results", "broken_text", String.class, TRAP),
            new Attack("hostile-results", "broken_error", String.class, TRAP)));
  }

  private static long packed(long address, long length) {
    return address << 32 | length;
  }

  private static Stream<Attack> allocators() {
    BiFunction<WasmErrorCategory, Integer, Attack> taking =
        (expected, length) -> number(expected, "allocator", "take", new byte[length]);
    return Stream.of(
        taking.apply(TRAP, 1),
        taking.apply(TRAP, 2),
        taking.apply(TIMEOUT, 3),
        taking.apply(MEMORY_LIMIT, 4),
        taking.apply(STACK_OVERFLOW, 5),
        taking.apply(TRAP, 6),
        taking.apply(TRAP, 7),
        taking.apply(TRAP, 8),
        taking.apply(TRAP, 11),
        taking.apply(TIMEOUT, 12),
        taking.apply(STACK_OVERFLOW, 13));
  }

  private static Stream<Attack> hostCalls() {
    return Stream.of(
        attack(HOST_FUNCTION, "host-calls", "read", -1, 1),
        attack(HOST_FUNCTION, "host-calls", "read", 65535, 2),
        attack(HOST_FUNCTION, "host-calls", "read", 0, -1),
        attack(HOST_FUNCTION, "host-calls", "read", Integer.MAX_VALUE, Integer.MAX_VALUE),
        attack(HOST_FUNCTION, "host-calls", "write", -1, 1),
        attack(HOST_FUNCTION, "host-calls", "write", 65535, 2),
        attack(HOST_FUNCTION, "host-calls", "write", Integer.MIN_VALUE, 1),
        attack(HOST_FUNCTION, "host-calls", "fail"));
  }

  static Stream<Arguments> attacks() {
    return Stream.of(loops(), recursions(), bombs(), results(), allocators(), hostCalls())
        .flatMap(each -> each)
        .flatMap(
            attack ->
                Arrays.stream(WasmEngineMode.values()).map(mode -> Arguments.of(attack, mode)));
  }

  private static WasmImportDefinition host(String name, int parameters, WasmHostFunction function) {
    return host(name, parameters, List.of(), function);
  }

  private static WasmImportDefinition host(
      String name, int parameters, List<WasmValueType> results, WasmHostFunction function) {
    List<WasmValueType> types = Collections.nCopies(parameters, WasmValueType.I32);
    return new WasmImportDefinition("env", name, new WasmFunctionType(types, results), function);
  }

  private void load(String module, WasmEngineMode mode) {
    TestEngines.assumeRuns(Guests.bytes(module));
    this.runtime.with(
        guest(module)
            .settings(settings -> limited(settings).engineMode(mode))
            .imports(
                host("nothing", 0, (caller, arguments) -> new long[0]),
                host(
                    "wait",
                    0,
                    (caller, arguments) -> {
                      new CountDownLatch(1).await();
                      return new long[0];
                    }),
                host(
                    "back",
                    1,
                    List.of(WasmValueType.I32),
                    (caller, arguments) -> caller.call("reenter", arguments)),
                host(
                    "read",
                    2,
                    (caller, arguments) -> {
                      caller.memory().read((int) arguments[0], (int) arguments[1]);
                      return new long[0];
                    }),
                host(
                    "write",
                    2,
                    (caller, arguments) -> {
                      caller.memory().write((int) arguments[0], new byte[(int) arguments[1]]);
                      return new long[0];
                    }),
                host(
                    "fail",
                    0,
                    (caller, arguments) -> {
                      throw new IllegalStateException("no");
                    })));
  }

  /** Stacks take long to fill when they are interpreted, so that only loops get little time. */
  private static WasmModuleSettings.Builder limited(WasmModuleSettings.Builder settings) {
    return settings.limits(limits -> limits.memory(MEMORY).output(OUTPUT).tableElements(10_000));
  }

  private Object call(String module, String operation, Type result, Object... arguments) {
    return this.runtime
        .manager
        .module(module)
        .operation(operation)
        .arguments(arguments)
        .retrieve(result)
        .value();
  }

  private void perform(Attack attack) {
    Duration timeout = Duration.ofMillis(attack.expected() == TIMEOUT ? 50 : 20_000);
    this.runtime
        .manager
        .module(attack.module())
        .operation(attack.operation())
        .timeout(timeout)
        .arguments(attack.arguments())
        .retrieve(attack.result());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void anAttackIsRepelled(Attack attack, WasmEngineMode mode) {
    load(attack.module(), mode);
    this.runtime.with(guest("buffer"));
    assertEverythingWorks(attack.module());
    Set<Thread> threads = threads();

    failure(attack.expected(), () -> perform(attack));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(this.runtime.events(WasmEvent.InstanceDiscarded.class))
        .containsExactly(
            new WasmEvent.InstanceDiscarded(attack.module(), "1.0.0", attack.expected()));
    if (!mayBeSwapped(mode)) {
      PoolStats pool = pool(attack.module());
      assertThat(pool.inUse() + pool.idle()).isZero();
      assertThat(this.runtime.budget.usedByModule()).doesNotContainKey(attack.module());
    }
    assertEverythingWorks(attack.module());
    assertThat(threads()).isSubsetOf(threads);
  }

  /** Whether instances of compiled code may be made at any time. */
  private static boolean mayBeSwapped(WasmEngineMode mode) {
    return mode == WasmEngineMode.TIERED || mode == WasmEngineMode.BY_USE;
  }

  private void assertEverythingWorks(String module) {
    assertThat(call(module, "alive", int.class)).isEqualTo(42);
    assertThat(call("buffer", "echo", String.class, "hello")).isEqualTo("hello");
  }

  private PoolStats pool(String module) {
    return this.runtime.manager.status(module).get(0).pool();
  }

  /** But not those that compilers leave behind for a second. */
  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(
        thread -> Set.of("wasm-compiler", "wasm-generator").contains(thread.getName()));
    return threads;
  }

  static Stream<Arguments> stacks() {
    return recursions()
        .flatMap(
            attack ->
                Arrays.stream(WasmEngineMode.values())
                    .flatMap(
                        mode ->
                            Stream.of(256, 8192).map(size -> Arguments.of(attack, mode, size))));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void aStackOverflowsWithoutHarmHoweverLargeItIs(Attack attack, WasmEngineMode mode, int kilobytes)
      throws InterruptedException {
    load(attack.module(), mode);
    this.runtime.with(guest("buffer"));
    assertEverythingWorks(attack.module());
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                for (int i = 0; i < 3; i++) {
                  failure(STACK_OVERFLOW, () -> perform(attack));
                  assertEverythingWorks(attack.module());
                }
              } catch (Throwable failure) {
                thrown[0] = failure;
              }
            },
            "stack",
            kilobytes * 1024L);

    thread.start();
    thread.join();

    assertThat(thrown[0]).isNull();
    // A module that changes to compiled code has instances of both for a moment.
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              assertThat(pool(attack.module()).inUse()).isZero();
              long idle = pool(attack.module()).idleMemory();
              assertThat(this.runtime.budget.usedByModule().get(attack.module()))
                  .isBetween(idle, idle + MOST_TABLE_BYTES);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "hostile-imports, LINK, proc_exit",
    "hostile-pages, MEMORY_LIMIT, limits.memory",
    "hostile-memories, MEMORY_LIMIT, limits.memory",
    "hostile-elements, MEMORY_LIMIT, limits.table-elements"
  })
  void aModuleThatAsksForTooMuchIsRefusedWhenItIsLoaded(
      String module, WasmErrorCategory expected, String reason) {
    load(module, WasmEngineMode.COMPILED);

    assertThat(failure(expected, () -> this.runtime.manager.warmUp(module)))
        .hasMessageContaining(reason);

    assertThat(this.runtime.budget.used()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "hostile-unpack, INSTANTIATION",
    "hostile-start-recurses, INSTANTIATION",
    "start-traps, INSTANTIATION",
    "start-spins, TIMEOUT"
  })
  void aModuleThatDoesHarmWhenItIsMadeIsRefusedEachTime(String module, WasmErrorCategory expected) {
    this.runtime.with(
        guest(module)
            .settings(
                settings ->
                    limited(settings).limits(limits -> limits.timeout(Duration.ofMillis(500)))));
    for (int i = 0; i < 3; i++) {
      failure(expected, () -> this.runtime.manager.open(module));
    }

    assertThat(this.runtime.budget.used()).isZero();
    assertThat(pool(module).inUse() + pool(module).idle()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aTableThatOneInstanceGrewIsAsItWasInTheNext(WasmEngineMode mode) {
    load("hostile-storage", mode);

    assertThat(call("hostile-storage", "grow_table", int.class, 100)).isEqualTo(2);

    assertThat(call("hostile-storage", "elements", int.class)).isEqualTo(2);
    assertThat(call("hostile-storage", "grow_table", int.class, 9_998)).isEqualTo(2);
    assertThat(call("hostile-storage", "grow_table", int.class, 9_999)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(WasmEngineMode.class)
  void aRecursionThroughAnotherModuleDoesNoHarmToThatOne(WasmEngineMode mode)
      throws InterruptedException {
    this.runtime.with(
        guest("buffer")
            .settings(
                settings -> settings.limits(limits -> limits.timeout(Duration.ofSeconds(1)))));
    this.runtime.with(
        guest("hostile-recursion")
            .settings(settings -> limited(settings).engineMode(mode))
            .imports(
                host(
                    "back",
                    1,
                    List.of(WasmValueType.I32),
                    (caller, arguments) -> {
                      call("buffer", "echo", String.class, "hello");
                      return caller.call("reenter", arguments);
                    })));
    boolean[] interrupted = new boolean[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              for (int i = 0; i < 100; i++) {
                failure(() -> call("hostile-recursion", "reenter", int.class, 0));
                interrupted[0] |= Thread.interrupted();
              }
            },
            "small stack",
            300 * 1024);

    thread.start();
    thread.join();

    assertThat(interrupted[0]).isFalse();
    assertThat(pool("buffer").inUse()).isZero();
    assertEverythingWorks("hostile-recursion");
  }
}
