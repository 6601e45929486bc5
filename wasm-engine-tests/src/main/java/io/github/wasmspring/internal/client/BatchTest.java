package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.wasmspring.WasmBatch;
import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmEngineMode;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Many inputs that cross the border once. */
@Timeout(60)
class BatchTest {

  record Point(int x, double y, String name) {}

  interface Guest {

    @WasmExport("echo")
    byte[] one(byte[] bytes);

    @WasmBatch
    @WasmExport("echo")
    List<byte[]> bytes(List<byte[]> inputs);

    @WasmBatch
    @WasmExport("echo")
    List<String> texts(List<String> inputs);

    @WasmBatch
    @WasmExport("echo")
    List<double[]> doubles(List<double[]> inputs);

    @WasmBatch
    @WasmExport("echo")
    List<Point> points(List<Point> inputs);

    @WasmBatch
    @WasmExport("echo")
    List<List<Point>> lists(List<? extends List<Point>> inputs);

    @WasmBatch
    @WasmExport("echo")
    List<Map<String, Integer>> maps(List<Map<String, Integer>> inputs);

    String concat(String first, String second);

    @WasmBatch
    @WasmExport("concat")
    List<String> concatAll(List<String> first, String second);

    @WasmBatch
    @WasmExport("concat")
    List<String> concatBoth(List<String> first, List<String> second);

    String skip(String text, int bytes);

    @WasmBatch
    @WasmExport("skip")
    List<String> skipAll(String text, List<Integer> bytes);

    @WasmBatch
    @WasmExport("length")
    List<Integer> lengths(List<String> inputs);

    @WasmBatch
    @WasmExport("id_int")
    List<Integer> ints(List<Integer> inputs);

    @WasmBatch
    @WasmExport("id_long")
    List<Long> longs(List<Long> inputs);

    @WasmBatch
    @WasmExport("id_double")
    List<Double> doubleValues(List<Double> inputs);

    @WasmBatch
    @WasmExport("id_float")
    List<Float> floats(List<Float> inputs);

    @WasmBatch
    @WasmExport("id_int")
    List<Boolean> booleans(List<Boolean> inputs);

    @WasmBatch
    @WasmExport("id_int")
    List<Character> chars(List<Character> inputs);

    void check(String error);

    @WasmBatch
    @WasmExport("check")
    void checkAll(List<String> errors);

    @WasmBatch
    @WasmExport("check")
    List<WasmResult<Void>> checkEach(List<String> errors);

    @WasmBatch
    @WasmExport("first_byte")
    List<Integer> firstBytes(List<byte[]> inputs);

    @WasmBatch
    @WasmExport("fill_text")
    List<String> fillTexts(List<Integer> lengths);

    @WasmBatch
    @WasmExport("raw")
    List<byte[]> raw(List<Long> lies);

    @WasmBatch
    @WasmExport("fail_hard")
    void failHard(List<String> inputs);

    @WasmBatch
    @WasmExport("increment")
    void incrementAll(List<byte[]> inputs, WasmCallOptions options);

    @WasmBatch
    @WasmExport("wait_for_ever")
    void waitForEver(List<String> inputs, WasmCallOptions options);

    @WasmBatch
    @WasmExport("echo")
    WasmResult<List<String>> result(List<String> inputs);

    int allocs();

    int liveBytes();
  }

  interface Later {

    @WasmBatch
    @WasmExport("echo")
    CompletableFuture<List<String>> later(List<String> inputs);

    @WasmBatch
    @WasmExport("echo")
    Mono<List<String>> mono(List<String> inputs);
  }

  private static final String REFUSAL = "{\"code\":\"bad\",\"message\":\"it is\",\"offset\":2}";

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Guest guest() {
    return this.runtime
        .with(TestRuntime.guest("buffer").type(Guest.class))
        .manager
        .bind(Guest.class, "buffer", "*");
  }

  private Guest guest(WasmModuleDescriptor.Builder module) {
    return this.runtime.with(module).manager.bind(Guest.class, "buffer", "*");
  }

  @Test
  void everyTypeCrosses() {
    Guest guest = guest();
    List<Point> points = List.of(new Point(1, 0.5, "ä"), new Point(-2, 1e300, ""));

    assertThat(guest.texts(List.of("a", "", "größer", "\0")))
        .containsExactly("a", "", "größer", "\0");
    assertThat(guest.bytes(List.of(new byte[] {1, 2}, new byte[0])))
        .containsExactly(new byte[] {1, 2}, new byte[0]);
    assertThat(guest.doubles(List.of(new double[] {1.5, Double.NaN}, new double[0])))
        .containsExactly(new double[] {1.5, Double.NaN}, new double[0]);
    assertThat(guest.points(points)).isEqualTo(points);
    assertThat(guest.lists(List.of(points, List.of()))).isEqualTo(List.of(points, List.of()));
    assertThat(guest.maps(List.of(Map.of("a", 1), Map.of())))
        .containsExactly(Map.of("a", 1), Map.of());
    assertThat(guest.ints(List.of(1, Integer.MIN_VALUE))).containsExactly(1, Integer.MIN_VALUE);
    assertThat(guest.longs(List.of(Long.MIN_VALUE, 7L))).containsExactly(Long.MIN_VALUE, 7L);
    assertThat(guest.doubleValues(List.of(-0.0, 1e-300))).containsExactly(-0.0, 1e-300);
    assertThat(guest.floats(List.of(0.1f, Float.MAX_VALUE))).containsExactly(0.1f, Float.MAX_VALUE);
    assertThat(guest.booleans(List.of(true, false))).containsExactly(true, false);
    assertThat(guest.chars(List.of('a', '\uffff'))).containsExactly('a', '\uffff');
    assertThat(guest.lengths(List.of("abc", "", "ö"))).containsExactly(3, 0, 2);
  }

  @Test
  void whatIsNoListIsTheSameForAll() {
    Guest guest = guest();

    assertThat(guest.concatAll(List.of("a", "", "c"), "-end"))
        .containsExactly("a-end", "-end", "c-end");
    assertThat(guest.concatBoth(List.of("a", "b"), List.of("1", "2"))).containsExactly("a1", "b2");
    assertThat(guest.skipAll("abc", List.of(0, 1, 3))).containsExactly("abc", "bc", "");
    assertThat(guest.concatAll(List.of("a", "b"), "")).containsExactly("a", "b");
  }

  @Test
  void nothingIsAskedOfTheGuestForAnEmptyList() {
    try (WasmSession session = session()) {
      Guest guest = session.bind(Guest.class);

      assertThat(guest.texts(List.of())).isEmpty();
      assertThat(guest.ints(List.of())).isEmpty();
      assertThat(guest.concatAll(List.of(), "x")).isEmpty();
      assertThat(guest.allocs()).isZero();
    }
  }

  private WasmSession session() {
    return this.runtime.with(TestRuntime.guest("buffer")).manager.open("buffer");
  }

  @ParameterizedTest
  @EnumSource(
      value = WasmEngineMode.class,
      names = {"INTERPRETER", "COMPILED"})
  void aBatchAnswersAsTheCallsWould(WasmEngineMode engine) {
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .type(Guest.class)
                .settings(settings -> settings.engineMode(engine)));
    Random random = new Random(42);
    for (int round = 0; round < 20; round++) {
      List<byte[]> inputs = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int i = random.nextInt(60); i >= 0; i--) {
        byte[] input =
            new byte[random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(40)];
        random.nextBytes(input);
        inputs.add(input);
        texts.add(new String(input, 0, Math.min(9, input.length), StandardCharsets.UTF_8));
      }
      List<byte[]> alone = inputs.stream().map(guest::one).toList();
      String shared = texts.get(0);

      assertSame(guest.bytes(inputs), alone);
      assertThat(guest.concatAll(texts, shared))
          .isEqualTo(texts.stream().map(text -> guest.concat(text, shared)).toList());
    }
  }

  private static void assertSame(List<byte[]> answers, List<byte[]> expected) {
    assertThat(answers.toArray(byte[][]::new)).isDeepEqualTo(expected.toArray(byte[][]::new));
  }

  @Test
  void tenThousandElementsCrossAndNothingIsLeftBehind() {
    List<String> inputs = IntStream.range(0, 10_000).mapToObj("element %d"::formatted).toList();
    try (WasmSession session = session()) {
      Guest guest = session.bind(Guest.class);

      assertThat(guest.texts(inputs)).isEqualTo(inputs);
      assertThat(guest.liveBytes()).isZero();
      assertThat(guest.allocs()).isEqualTo(10_001);
    }
  }

  @Test
  void largeInputsCrossInSeveralBlocks() {
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      byte[] input = new byte[100_000];
      Arrays.fill(input, (byte) i);
      inputs.add(input);
    }
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .type(Guest.class)
                .settings(s -> s.limits(limits -> limits.memory(1 << 20))));

    assertSame(guest.bytes(inputs), inputs);
  }

  @Test
  void blocksGetSmallerWhereTheGuestHasNoRoom() {
    List<byte[]> inputs = IntStream.range(0, 40).mapToObj(i -> new byte[20_000]).toList();
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .type(Guest.class)
                .settings(s -> s.limits(limits -> limits.memory(128 << 10))));
    assertThat(guest.firstBytes(inputs)).hasSize(40).containsOnly(0);

    WasmException failure =
        failure(
            WasmErrorCategory.MEMORY_LIMIT,
            () -> guest.firstBytes(List.of(new byte[1], new byte[200_000])));
    assertThat(failure).hasMessageContaining("no room for 200000 bytes");
  }

  @Test
  void theDefaultResetHappensOnceAfterTheBatch() {
    Guest guest = guest();
    guest.texts(List.of("a", "b", "c"));

    assertThat(guest.allocs()).isZero();
    assertThat(calls().total()).isEqualTo(2);
  }

  private WasmModuleStatus.Calls calls() {
    return this.runtime.manager.status("buffer").get(0).calls();
  }

  @Test
  void wrongListsAreRefusedBeforeAnyGuestCodeRuns() {
    try (WasmSession session = session()) {
      Guest guest = session.bind(Guest.class);

      assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> guest.texts(null)))
          .hasMessageContaining("the list 'inputs' is null");
      assertThat(
              failure(WasmErrorCategory.INVALID_INPUT, () -> guest.texts(Arrays.asList("a", null))))
          .hasMessageContaining("the element 1 of 'inputs' is null");
      assertThat(
              failure(
                  WasmErrorCategory.INVALID_INPUT,
                  () -> guest.concatBoth(List.of("a", "b"), List.of("a"))))
          .hasMessageContaining("'first' has 2 elements and 'second' has 1");
      assertThat(
              failure(WasmErrorCategory.INVALID_INPUT, () -> guest.concatAll(List.of("a"), null)))
          .hasMessageContaining("'second' is null");
      assertThat(
              failure(WasmErrorCategory.INVALID_INPUT, () -> guest.texts(List.of("a", "\ud800"))))
          .hasMessageContaining("element 1: the text has half a surrogate pair");
      assertThat(guest.allocs()).isZero();
      assertThat(guest.texts(List.of("still"))).containsExactly("still");
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void elementsOfAnotherTypeAreRefused() {
    Guest guest = guest();

    assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> guest.ints((List) List.of(1, 2.5))))
        .hasMessageContaining("the element 1 of 'inputs' is a java.lang.Double");
    assertThat(failure(WasmErrorCategory.INVALID_INPUT, () -> guest.bytes((List) List.of("text"))))
        .hasMessageContaining("the element 0 of 'inputs' is a java.lang.String");
  }

  @Test
  void thePayloadIsThatOfAllInputs() {
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .type(Guest.class)
                .settings(s -> s.limits(limits -> limits.payload(100))));

    assertThat(guest.bytes(List.of(new byte[60], new byte[40]))).hasSize(2);
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () -> guest.bytes(List.of(new byte[60], new byte[41]))))
        .hasMessageContaining("101 bytes together, and 100 are allowed (limits.payload)");
  }

  @Test
  void theOutputIsThatOfAllAnswers() {
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .type(Guest.class)
                .settings(s -> s.limits(limits -> limits.output(100))));

    assertThat(guest.fillTexts(List.of(60, 40))).hasSize(2);
    assertThat(failure(WasmErrorCategory.MEMORY_LIMIT, () -> guest.fillTexts(List.of(60, 41))))
        .hasMessageContaining(
            "element 1: the answer has 41 bytes, and of the 100 that all answers of a batch may have together 40 are left");
    assertThat(failure(WasmErrorCategory.MEMORY_LIMIT, () -> guest.fillTexts(List.of(101))))
        .hasMessageContaining("element 0: the answer has 101 bytes, and 100 are allowed");
  }

  @Test
  void anErrorOfTheGuestNamesTheElement() {
    try (WasmSession session = session()) {
      Guest guest = session.bind(Guest.class);

      WasmOperationException failure =
          failure(WasmOperationException.class, () -> guest.checkAll(List.of("", "", REFUSAL, "")));

      assertThat(failure.element()).isEqualTo(2);
      assertThat(failure.code()).isEqualTo("bad");
      assertThat(failure.offset()).isEqualTo(2);
      assertThat(failure).hasMessageContaining("element 2: it is");
      assertThat(guest.liveBytes()).isZero();
    }
  }

  @Test
  void anErrorOfTheGuestFailsNoOtherElementWhereEachHasAResult() {
    List<WasmResult<Void>> results = guest().checkEach(List.of("", REFUSAL, ""));

    assertThat(results).hasSize(3);
    assertThat(results.get(0).failure()).isNull();
    assertThat(results.get(2).failure()).isNull();
    assertThat(results.get(1).value()).isNull();
    assertThat(results.get(1).source()).isEqualTo(WasmSource.WASM);
    assertThat(results.get(1).failure())
        .isInstanceOfSatisfying(
            WasmOperationException.class, failure -> assertThat(failure.element()).isEqualTo(1))
        .hasMessageContaining("buffer");
    assertThat(calls().failed()).isZero();
  }

  @Test
  void aTrapFailsTheWholeBatchAndItsInstance() {
    Guest guest = guest();

    assertThat(failure(WasmErrorCategory.TRAP, () -> guest.failHard(List.of("a", "b"))))
        .hasMessageContaining("element 0:");
    assertThat(guest.texts(List.of("a"))).containsExactly("a");
    assertThat(this.runtime.events(WasmEvent.CallFailed.class)).hasSize(1);
  }

  @Test
  void theDeadlineIsThatOfTheBatch() {
    Guest guest = guest();
    WasmCallOptions options = WasmCallOptions.timeout(Duration.ofMillis(50));

    failure(WasmErrorCategory.TIMEOUT, () -> guest.waitForEver(List.of("a", "b"), options));

    assertThat(guest.texts(List.of("a"))).containsExactly("a");
  }

  @Test
  void manyShortCallsRunPastOneDeadline() {
    Guest guest =
        guest(TestRuntime.guest("buffer").settings(s -> s.engineMode(WasmEngineMode.INTERPRETER)));
    byte[] input = new byte[100];
    WasmCallOptions options = WasmCallOptions.timeout(Duration.ofMillis(50));

    // The first call loads the module, which may take longer than all the others.
    guest.incrementAll(List.of(input), WasmCallOptions.timeout(Duration.ofMinutes(1)));
    assertThat(
            failure(
                WasmErrorCategory.TIMEOUT,
                () -> guest.incrementAll(Collections.nCopies(600_000, input), options)))
        .hasMessageContaining("deadline");
    assertThat(input).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 0x7fffffffL << 32 | 1, 0xffffffffL, 1L << 17 | 1})
  void answersOutsideTheMemoryAreTraps(long lie) {
    assertThat(failure(WasmErrorCategory.TRAP, () -> guest().raw(List.of(4096L << 32 | 8, lie))))
        .hasMessageContaining("element 1:");
  }

  @Test
  void answersMayOverlap() {
    List<Long> same = List.of(4096L << 32 | 8, 4096L << 32 | 8, 4092L << 32 | 8);

    assertThat(guest().raw(same)).containsExactly(new byte[8], new byte[8], new byte[8]);
  }

  interface HostileAllocator {
    @WasmBatch
    @WasmExport("take")
    List<Integer> take(List<byte[]> inputs);

    int alive();
  }

  /** What wasm_alloc does is told by the length: trap, outside, for ever, no room, recursion. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13})
  void aHostileAllocatorHarmsNobody(int length) {
    HostileAllocator guest =
        this.runtime
            .with(
                TestRuntime.guest("hostile-allocator")
                    .settings(s -> s.limits(l -> l.timeout(Duration.ofMillis(300)))))
            .manager
            .bind(HostileAllocator.class, "hostile-allocator", "*");

    assertThat(failure(() -> guest.take(List.of(new byte[length]))).category())
        .isIn(
            WasmErrorCategory.TRAP,
            WasmErrorCategory.TIMEOUT,
            WasmErrorCategory.MEMORY_LIMIT,
            WasmErrorCategory.STACK_OVERFLOW);
    assertThat(guest.alive()).isEqualTo(42);
    assertThat(guest.take(List.of(new byte[20], new byte[9]))).containsExactly(20, 9);
  }

  @Test
  void answersOnAnotherThreadAndWithAResult() throws Exception {
    Guest guest = guest();
    Later later = this.runtime.manager.bind(Later.class, "buffer", "*");

    assertThat(later.later(List.of("a", "b")).get(30, TimeUnit.SECONDS)).containsExactly("a", "b");
    assertThat(later.mono(List.of("c")).block()).containsExactly("c");
    WasmResult<List<String>> result = guest.result(List.of("d"));
    assertThat(result.value()).containsExactly("d");
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
  }

  @Test
  void byNameEachInputIsConverted() {
    WasmModuleManager manager = this.runtime.with(TestRuntime.guest("buffer")).manager;
    manager.bind(Guest.class, "buffer", "*");

    assertThat(
            manager
                .module("buffer")
                .operation("concat")
                .option("second", "!")
                .batch(List.of("a", "b".getBytes(StandardCharsets.UTF_8)), String.class)
                .value())
        .containsExactly("a!", "b!");
    assertThat(
            manager
                .module("buffer")
                .operation("texts")
                .batch(List.of("a", "b"), String.class)
                .value())
        .containsExactly("a", "b");
    assertThat(
            manager
                .module("buffer")
                .operation("concat")
                .option("second", "")
                .batch(List.of(), String.class)
                .value())
        .isEmpty();
  }

  @Test
  void byNameTheFirstErrorIsThrownAlsoOfAMethodThatKeepsErrors() {
    WasmModuleManager manager = this.runtime.with(TestRuntime.guest("buffer")).manager;
    manager.bind(Guest.class, "buffer", "*");

    assertThat(
            failure(
                    WasmOperationException.class,
                    () -> manager.execute("buffer", "checkEach", List.of("", REFUSAL)))
                .element())
        .isEqualTo(1);
    assertThat(
            failure(
                    WasmOperationException.class,
                    () ->
                        manager
                            .module("buffer")
                            .operation("checkEach")
                            .batch(List.of(REFUSAL), void.class))
                .element())
        .isZero();
  }

  @Test
  void byNameWithoutAnInterfaceTheInputsSayWhatTheyAre() throws Exception {
    WasmModuleManager manager = this.runtime.with(TestRuntime.guest("buffer")).manager;

    assertThat(
            manager
                .module("buffer")
                .operation("echo")
                .batch(List.of("a", "b"), String.class)
                .value())
        .containsExactly("a", "b");
    assertThat(manager.module("buffer").operation("id_int").batch(List.of(1, 2), int.class).value())
        .containsExactly(1, 2);
    assertThat(
            manager
                .module("buffer")
                .operation("skip")
                .option("any", 1)
                .batchAsync(List.of("ab", "cd"), String.class)
                .get(30, TimeUnit.SECONDS)
                .value())
        .containsExactly("b", "d");
    assertThat(manager.module("buffer").operation("id_int").batch(List.of(), int.class).value())
        .isEmpty();
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () ->
                    manager.module("buffer").operation("id_int").batch(List.of(1, 2.5), int.class)))
        .hasMessageContaining("element 1 is a java.lang.Double");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                manager
                    .module("buffer")
                    .operation("echo")
                    .input("a")
                    .batch(List.of("b"), String.class));
  }

  interface Divider {

    default int divide(int first, int second) {
      return second == 0 ? Integer.MAX_VALUE : -1;
    }

    @WasmBatch
    @WasmExport("divide")
    List<Integer> divideAll(List<Integer> first, List<Integer> second);

    @WasmBatch
    @WasmExport("divide")
    default List<Integer> divideInJava(List<Integer> first, int second) {
      return List.of(first.size());
    }
  }

  private Divider divider(WasmModuleDescriptor.Builder module) {
    return this.runtime.with(module).manager.bind(Divider.class, "trouble", "*");
  }

  @Test
  void aFallbackForOneInputAnswersTheWholeBatch() {
    Divider divider = divider(TestRuntime.guest("trouble"));

    assertThat(divider.divideAll(List.of(6, 4), List.of(3, 2))).containsExactly(2, 2);
    assertThat(divider.divideAll(List.of(6, 4), List.of(3, 0)))
        .containsExactly(-1, Integer.MAX_VALUE);
    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .singleElement()
        .satisfies(event -> assertThat(event.fallback()).isTrue());
  }

  @Test
  void aDefaultMethodIsGivenTheLists() {
    assertThat(divider(TestRuntime.guest("trouble")).divideInJava(List.of(1, 2, 3), 0))
        .containsExactly(3);
  }

  @Test
  void aFallbackOfTheModuleAnswersElementByElement() {
    TestRuntime with =
        this.runtime.with(
            TestRuntime.guest("buffer")
                .executionMode(WasmExecutionMode.JAVA)
                .fallback("concat", arguments -> arguments[0] + "+" + arguments[1])
                .fallback("texts", arguments -> List.of("" + ((List<?>) arguments[0]).size()))
                .fallback(
                    "check",
                    arguments -> {
                      throw new WasmOperationException("no", "never", null);
                    }));
    Guest guest = with.manager.bind(Guest.class, "buffer", "*");

    assertThat(guest.concatAll(List.of("a", "b"), "c")).containsExactly("a+c", "b+c");
    assertThat(guest.texts(List.of("a", "b"))).containsExactly("2");
    assertThat(failure(WasmOperationException.class, () -> guest.checkAll(List.of("x"))).element())
        .isZero();
    assertThat(guest.checkEach(List.of("x", "y")))
        .extracting(WasmResult::source)
        .containsOnly(WasmSource.FALLBACK);
    assertThat(
            with.manager
                .module("buffer")
                .operation("concat")
                .option("second", "z")
                .batch(List.of("a"), String.class)
                .value())
        .containsExactly("a+z");
  }

  @Test
  void aBatchIsTriedAgainAsAWhole() {
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .settings(
                    s ->
                        s.maxAttempts(3)
                            .retryDelay(Duration.ZERO)
                            .retryCategories(Set.of(WasmErrorCategory.TIMEOUT))
                            .limits(limits -> limits.timeout(Duration.ofMillis(50)))));

    failure(
        WasmErrorCategory.TIMEOUT,
        () -> guest.waitForEver(List.of("a", "b"), WasmCallOptions.DEFAULTS));

    assertThat(this.runtime.events(WasmEvent.CallRetried.class)).hasSize(2);
    assertThat(calls().failed()).isEqualTo(1);
    assertThat(calls().total()).isEqualTo(1);
  }

  @Test
  void theQuickerOfModuleAndJavaAnswersABatchToo() {
    Guest guest =
        guest(
            TestRuntime.guest("buffer")
                .executionMode(WasmExecutionMode.ADAPTIVE)
                .fallback("concat", arguments -> arguments[0] + "" + arguments[1]));

    for (int i = 0; i < 200; i++) {
      assertThat(guest.concatAll(List.of("a", "b"), "c")).containsExactly("ac", "bc");
    }
    assertThat(calls().failed()).isZero();
  }

  interface Command {
    @WasmBatch
    List<String> run(List<String> inputs);
  }

  @Test
  void aCommandRunsOnceAndInNoBatch() {
    WasmModuleManager manager = this.runtime.with(TestRuntime.guest("wasi-command")).manager;

    assertThat(
            failure(
                WasmErrorCategory.SIGNATURE,
                () -> manager.bind(Command.class, "wasi-command", "*")))
        .hasMessageContaining("runs once in the life of an instance");
  }

  interface NoList {
    @WasmBatch
    List<String> echo(String text);
  }

  interface NoListOfAnswers {
    @WasmBatch
    String echo(List<String> text);
  }

  @SuppressWarnings("rawtypes")
  interface Raw {
    @WasmBatch
    List<String> echo(List text);
  }

  interface TwoResults {
    @WasmBatch
    CompletableFuture<WasmResult<List<WasmResult<String>>>> echo(List<String> text);
  }

  interface Changes {
    @WasmBatch
    void increment(@io.github.wasmspring.InOut List<byte[]> bytes);
  }

  @Test
  void methodsThatCanBeNoBatchAreRefusedWhenTheyAreBound() {
    WasmModuleManager manager = this.runtime.with(TestRuntime.guest("buffer")).manager;

    assertThat(
            failure(WasmErrorCategory.SIGNATURE, () -> manager.bind(NoList.class, "buffer", "*")))
        .hasMessageContaining("at least one parameter that is a List")
        .hasMessageContaining("module 'buffer'");
    assertThat(
            failure(
                WasmErrorCategory.SIGNATURE,
                () -> manager.bind(NoListOfAnswers.class, "buffer", "*")))
        .hasMessageContaining("a batch returns a List");
    assertThat(failure(WasmErrorCategory.SIGNATURE, () -> manager.bind(Raw.class, "buffer", "*")))
        .hasMessageContaining("must say of what they are");
    assertThat(
            failure(
                WasmErrorCategory.SIGNATURE, () -> manager.bind(TwoResults.class, "buffer", "*")))
        .hasMessageContaining("but not both");
    assertThat(
            failure(WasmErrorCategory.SIGNATURE, () -> manager.bind(Changes.class, "buffer", "*")))
        .hasMessageContaining("@InOut");
  }

  interface WrongType {
    @WasmBatch
    @WasmExport("echo")
    List<Integer> echo(List<Integer> numbers);
  }

  @Test
  void theExportKeepsItsOrdinarySignature() {
    assertThat(failure(WasmErrorCategory.SIGNATURE, () -> session().bind(WrongType.class)))
        .hasMessageContaining("needs the export 'echo' of type");
  }
}
