package io.github.wasmspring.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallListener;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings.Retry;
import io.github.wasmspring.testing.Guests;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

@Timeout(60)
class WasmModuleManagerTest {

  @WasmModule("buffer")
  interface Text {

    String echo(String text);

    String skip(String text, int bytes);

    @WasmExport("echo")
    WasmResult<String> result(String text);

    @WasmExport("echo")
    String steered(String text, WasmCallOptions options);

    @WasmExport("echo")
    CompletableFuture<String> later(String text);

    @WasmExport("echo")
    CompletionStage<WasmResult<String>> resultLater(String text);

    @WasmExport("echo")
    Mono<String> mono(String text);

    @WasmExport("fail_with")
    Mono<String> failingMono(String error);

    @WasmExport("echo")
    byte[] bytes(byte[] bytes);
  }

  @WasmModule("trouble")
  interface Fallible {

    int add(int first, int second);

    default int divide(int first, int second) {
      return second == 0 ? Integer.MAX_VALUE : first / second;
    }

    @WasmExport("divide")
    default WasmResult<Integer> divideResult(int first, int second) {
      return new WasmResult<>(-1, WasmSource.FALLBACK, "", "", "", "java", Duration.ZERO, null);
    }

    @WasmExport("divide")
    default CompletableFuture<Integer> divideLater(int first, int second) {
      return CompletableFuture.completedFuture(-2);
    }

    @WasmExport("divide")
    default int divideWithOptions(int first, int second, WasmCallOptions options) {
      return -3;
    }

    @WasmExport("unreachable_op")
    default void fallsBackAndFails() {
      throw new IllegalStateException("no luck");
    }

    @WasmExport("unreachable_op")
    default void fallsBackTooDeeply() {
      deeper(0);
    }

    @WasmExport("unreachable_op")
    default CompletableFuture<Void> fallsBackAndFailsLater() {
      return CompletableFuture.failedFuture(new WasmOperationException("code", "no", 3L));
    }

    private static int deeper(int depth) {
      return deeper(depth + 1) + 1;
    }

    default String ordinary() {
      return "ordinary";
    }
  }

  interface Failing {
    default String failWith(String error) {
      return "fallback";
    }
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmModuleManager withText() {
    return this.runtime.with(guest("buffer").type(Text.class)).manager;
  }

  private WasmModuleManager withFallible() {
    return this.runtime.with(guest("trouble").type(Fallible.class)).manager;
  }

  // By name

  @Test
  void callsADeclaredOperationByName() {
    WasmResult<String> result = withText().execute("buffer", "echo", "hällo");

    assertThat(result.value()).isEqualTo("hällo");
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
    assertThat(result.fallback()).isFalse();
    assertThat(result.module()).isEqualTo("buffer");
    assertThat(result.version()).isEqualTo("1.0.0");
    assertThat(result.operation()).isEqualTo("echo");
    assertThat(result.engine()).isEqualTo("chicory-compiled");
    assertThat(result.duration()).isPositive();
    assertThat(result.failure()).isNull();
  }

  @Test
  void callsAnExportThatNobodyDeclares() {
    this.runtime.with(guest("scalar"));

    WasmResult<Integer> result =
        this.runtime.manager.module("scalar").operation("add").arguments(1, 2).retrieve(int.class);

    assertThat(result.value()).isEqualTo(3);
  }

  @Test
  void findsAnExportByItsCamelCaseName() {
    this.runtime.with(guest("scalar"));

    assertThat(
            this.runtime
                .manager
                .module("scalar")
                .operation("addLong")
                .arguments(1L, 2L)
                .<Long>retrieve(Long.class)
                .value())
        .isEqualTo(3L);
  }

  @Test
  void passesOptionsByName() {
    WasmResult<String> result = withText().execute("buffer", "skip", "abcdef", Map.of("bytes", 4));

    assertThat(result.value()).isEqualTo("ef");
  }

  @Test
  void leavesOutOptionsAsZero() {
    WasmResult<String> result = withText().execute("buffer", "skip", "abcdef");

    assertThat(result.value()).isEqualTo("abcdef");
  }

  @Test
  void convertsOptionsThatComeAsText() {
    WasmResult<String> result =
        withText().execute("buffer", "skip", "abcdef", Map.of("bytes", "2"));

    assertThat(result.value()).isEqualTo("cdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "99999999999", "{}"})
  void refusesAnOptionOfAnotherType(String value) {
    WasmException failure =
        failure(
            WasmErrorCategory.INVALID_INPUT,
            () -> withText().execute("buffer", "skip", "abc", Map.of("bytes", value)));

    assertThat(failure).hasMessageContaining("'bytes'");
    assertThat(failure.module()).isEqualTo("buffer");
    assertThat(failure.operation()).isEqualTo("skip");
  }

  @Test
  void refusesAnUnknownOption() {
    WasmException failure =
        failure(
            WasmErrorCategory.INVALID_INPUT,
            () -> withText().execute("buffer", "skip", "abc", Map.of("byte", 1)));

    assertThat(failure).hasMessageContaining("no option byte").hasMessageContaining("'buffer'");
  }

  @Test
  void refusesAnArgumentGivenTwice() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () -> withText().execute("buffer", "skip", "abc", Map.of("text", "def"))))
        .hasMessageContaining("given twice");
  }

  @Test
  void refusesAnotherNumberOfArguments() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () ->
                    withText()
                        .module("buffer")
                        .operation("skip")
                        .arguments("a")
                        .retrieve(String.class)))
        .hasMessageContaining("takes 2 arguments, not 1");
  }

  @Test
  void refusesAMissingInput() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT, () -> withText().execute("buffer", "echo", null)))
        .hasMessageContaining("'text' is null");
  }

  @Test
  void takesUtf8BytesForText() {
    WasmResult<String> result =
        withText().execute("buffer", "echo", new byte[] {(byte) 0xc3, (byte) 0xa4});

    assertThat(result.value()).isEqualTo("ä");
  }

  @Test
  void refusesBytesThatAreNotUtf8ForText() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () -> withText().execute("buffer", "echo", new byte[] {(byte) 0xff})))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void takesTextForBytes() {
    WasmResult<byte[]> result = withText().execute("buffer", "bytes", "ä");

    assertThat(result.value()).containsExactly(0xc3, 0xa4);
  }

  @Test
  void givesTheAnswerAsAnotherType() {
    this.runtime.with(guest("scalar"));

    WasmResult<Long> result =
        this.runtime
            .manager
            .module("scalar")
            .operation("add")
            .arguments(1, 2)
            .retrieve(int.class)
            .with(3L);

    assertThat(result.value()).isEqualTo(3L);
    assertThat(
            withText()
                .module("buffer")
                .operation("echo")
                .input("12")
                .<Integer>retrieve(Integer.class)
                .value())
        .isEqualTo(12);
  }

  @Test
  void saysWhichTypeAnAnswerCannotBeGivenAs() {
    assertThat(
            failure(
                WasmErrorCategory.INVALID_INPUT,
                () ->
                    withText()
                        .module("buffer")
                        .operation("echo")
                        .input("twelve")
                        .retrieve(Integer.class)))
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void retrievesOnAnotherThread() throws Exception {
    assertThat(
            withText()
                .module("buffer")
                .operation("echo")
                .input("a")
                .<String>retrieveAsync(String.class)
                .get(30, TimeUnit.SECONDS)
                .value())
        .isEqualTo("a");
  }

  @Test
  void takesTheNewestVersion() {
    this.runtime
        .with(guest("scalar").version("1.0.0"))
        .with(guest("scalar").version("1.1.0"))
        .with(guest("scalar").version("2.0.0-rc.1"));

    assertThat(version("*")).isEqualTo("1.1.0");
    assertThat(version("~1.0.0")).isEqualTo("1.0.0");
  }

  private String version(String range) {
    return this.runtime
        .manager
        .module("scalar", range)
        .operation("add")
        .arguments(1, 2)
        .retrieve(int.class)
        .version();
  }

  @Test
  void namesNearMatchesOfAnUnknownModule() {
    assertThat(
            failure(
                WasmModuleNotFoundException.class, () -> withText().execute("bufer", "echo", "a")))
        .hasMessageContaining("did you mean 'buffer'?");
  }

  // Interfaces

  @Test
  void answersWithAResultWhereTheMethodAsksForOne() {
    WasmResult<String> result = withText().bind(Text.class).result("a");

    assertThat(result.value()).isEqualTo("a");
    assertThat(result.operation()).isEqualTo("result");
  }

  @Test
  void answersOnAnotherThreadWhereTheMethodAsksForAFuture() throws Exception {
    Text text = withText().bind(Text.class);

    assertThat(text.later("a").get(30, TimeUnit.SECONDS)).isEqualTo("a");
    assertThat(text.resultLater("b").toCompletableFuture().get(30, TimeUnit.SECONDS).value())
        .isEqualTo("b");
  }

  @Test
  void aMonoCallsForEachSubscriber() {
    Text text = withText().bind(Text.class);
    Mono<String> mono = text.mono("a");
    assertThat(calls("buffer").total()).isZero();

    assertThat(mono.block()).isEqualTo("a");
    assertThat(mono.block()).isEqualTo("a");
    assertThat(calls("buffer").total()).isEqualTo(2);
  }

  @Test
  void aMonoFailsWithTheFailureItself() {
    Mono<String> mono =
        withText().bind(Text.class).failingMono("{\"code\":\"bad\",\"message\":\"it is\"}");

    assertThat(catchThrowable(mono::block)).isInstanceOf(WasmOperationException.class);
  }

  @Test
  void optionsSteerOneCall() {
    Text text = withText().bind(Text.class);

    assertThat(text.steered("a", WasmCallOptions.DEFAULTS)).isEqualTo("a");
    assertThat(text.steered("a", null)).isEqualTo("a");
    failure(
        WasmErrorCategory.REJECTED,
        () -> text.steered("a", WasmCallOptions.mode(WasmExecutionMode.JAVA)));
  }

  @Test
  void aDefaultMethodWithoutAnExportIsAnOrdinaryMethod() {
    assertThat(withFallible().bind(Fallible.class).ordinary()).isEqualTo("ordinary");
    assertThat(this.runtime.events(WasmEvent.CallFailed.class)).isEmpty();
  }

  @Test
  void aProxyHasIdentity() {
    Text text = withText().bind(Text.class);

    assertThat(text).isEqualTo(text).isNotEqualTo(this.runtime.manager.bind(Text.class));
    assertThat(text.hashCode()).isEqualTo(System.identityHashCode(text));
    assertThat(text).hasToString(Text.class.getName() + " bound to module buffer 1.0.0");
  }

  @ParameterizedTest
  @ValueSource(classes = {String.class, Runnable.class})
  void onlyAnInterfaceThatNamesAModuleCanBeBound(Class<?> type) {
    assertThatIllegalArgumentException().isThrownBy(() -> withText().bind(type));
  }

  // Sessions

  @Test
  void aSessionKeepsWhatIsInItsMemory() {
    this.runtime.with(guest("state"));

    try (WasmSession session = this.runtime.manager.open("state")) {
      session.call("bump_memory");
      assertThat(session.call("bump_memory")).containsExactly(2);
      assertThat(session.memory().readInt(16)).isEqualTo(2);
    }
  }

  @Test
  void aSessionAnswersNothingWithAnEmptyArray() {
    this.runtime.with(guest("state"));

    try (WasmSession session = this.runtime.manager.open("state")) {
      assertThat(session.call("nothing")).isNotNull().isEmpty();
    }
  }

  @Test
  void aSessionNamesTheExportsThatExist() {
    this.runtime.with(guest("scalar"));

    try (WasmSession session = this.runtime.manager.open("scalar")) {
      assertThat(failure(WasmErrorCategory.NOT_FOUND, () -> session.call("addd")))
          .hasMessageContaining("add_long");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.call("add", 1))
          .withMessageContaining("takes 2 arguments, not 1");
    }
  }

  interface InSession {
    @WasmExport("echo")
    WasmResult<String> result(String text, WasmCallOptions options);
  }

  @Test
  void aSessionGivesResultsAndTakesOptions() {
    withText();

    try (WasmSession session = this.runtime.manager.open("buffer")) {
      WasmResult<String> result =
          session.bind(InSession.class).result("a", WasmCallOptions.timeout(Duration.ofSeconds(1)));
      assertThat(result.value()).isEqualTo("a");
      assertThat(result.source()).isEqualTo(WasmSource.WASM);
    }
  }

  @Test
  void aSessionRefusesMethodsThatAnswerLater() {
    withText();

    try (WasmSession session = this.runtime.manager.open("buffer")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.bind(Text.class))
          .withMessageContaining("answers later");
    }
  }

  @Test
  void aDisabledModuleOpensNoSession() {
    withText().disable("buffer");

    failure(WasmErrorCategory.REJECTED, () -> this.runtime.manager.open("buffer"));
  }

  // Fallbacks

  @Test
  void aTrapFallsBackAndIsVisible() {
    WasmResult<Integer> result =
        withFallible()
            .module("trouble")
            .operation("divide")
            .arguments(1, 0)
            .retrieve(Integer.class);

    assertThat(result.value()).isEqualTo(Integer.MAX_VALUE);
    assertThat(result.source()).isEqualTo(WasmSource.FALLBACK);
    assertThat(result.engine()).isEqualTo("java");
    assertThat(result.failure().category()).isEqualTo(WasmErrorCategory.TRAP);
    assertThat(result.failure().operation()).isEqualTo("divide");
  }

  @Test
  void aTrapThatFellBackIsAnnounced() {
    withFallible().bind(Fallible.class).divide(1, 0);

    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.operation()).isEqualTo("divide");
              assertThat(event.category()).isEqualTo(WasmErrorCategory.TRAP);
              assertThat(event.fallback()).isTrue();
            });
    assertThat(this.runtime.manager.status("trouble").get(0).errors())
        .containsEntry(WasmErrorCategory.TRAP, 1L);
    assertThat(calls("trouble").fallback()).isEqualTo(1);
  }

  @Test
  void aTrapWithoutAFallbackIsThrown() {
    this.runtime.with(guest("trouble"));

    failure(
        WasmErrorCategory.TRAP,
        () ->
            this.runtime
                .manager
                .module("trouble")
                .operation("unreachable_op")
                .retrieve(void.class));

    assertThat(this.runtime.events(WasmEvent.CallFailed.class))
        .extracting(WasmEvent.CallFailed::fallback)
        .containsExactly(false);
    assertThat(calls("trouble").failed()).isEqualTo(1);
  }

  @Test
  void aFallbackAnswersInTheFormOfItsMethod() throws Exception {
    Fallible fallible = withFallible().bind(Fallible.class);

    WasmResult<Integer> result = fallible.divideResult(1, 0);
    assertThat(result.value()).isEqualTo(-1);
    assertThat(result.source()).isEqualTo(WasmSource.FALLBACK);
    assertThat(fallible.divideLater(1, 0).get(30, TimeUnit.SECONDS)).isEqualTo(-2);
    assertThat(fallible.divideWithOptions(1, 0, WasmCallOptions.DEFAULTS)).isEqualTo(-3);
  }

  @Test
  void theGuestsOwnErrorIsNeverHiddenByAFallback() {
    this.runtime.with(guest("buffer").type(Failing.class));

    failure(
        WasmOperationException.class,
        () ->
            this.runtime.manager.execute(
                "buffer", "failWith", "{\"code\":\"a\",\"message\":\"b\"}"));
  }

  @Test
  void wrongInputIsNeverHiddenByAFallback() {
    this.runtime.with(guest("buffer").type(Failing.class));

    failure(
        WasmErrorCategory.INVALID_INPUT,
        () -> this.runtime.manager.execute("buffer", "failWith", "\ud800"));
  }

  @Test
  void aFallbackThatFailsIsAFailureOfTheCall() {
    Fallible fallible = withFallible().bind(Fallible.class);

    WasmException failure = failure(WasmErrorCategory.ENGINE, fallible::fallsBackAndFails);

    assertThat(failure).hasMessageContaining("no luck");
    assertThat(failure.getCause()).isInstanceOf(IllegalStateException.class);
    assertThat(calls("trouble").failed()).isEqualTo(1);
  }

  @Test
  void aFallbackThatRecursesTooDeeplyIsAFailureOfTheCall() {
    Fallible fallible = withFallible().bind(Fallible.class);

    failure(WasmErrorCategory.STACK_OVERFLOW, fallible::fallsBackTooDeeply);
  }

  @Test
  void aFallbackThatFailsLaterFailsWithItsOwnFailure() {
    Fallible fallible = withFallible().bind(Fallible.class);

    Throwable thrown = catchThrowable(() -> fallible.fallsBackAndFailsLater().join());

    assertThat(thrown)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WasmOperationException.class);
  }

  @Test
  void aModuleThatCannotBeLoadedFallsBack() {
    this.runtime.with(
        WasmModuleDescriptor.builder("trouble").location("bytes:none").type(Fallible.class));

    WasmResult<Integer> result =
        this.runtime
            .manager
            .module("trouble")
            .operation("divide")
            .arguments(6, 3)
            .retrieve(Integer.class);

    assertThat(result.value()).isEqualTo(2);
    assertThat(result.failure().category()).isEqualTo(WasmErrorCategory.LOAD);
  }

  @Test
  void aModuleThatCannotBeLoadedFallsBackToAnUndeclaredFallback() {
    this.runtime.with(
        WasmModuleDescriptor.builder("guest")
            .location("bytes:none")
            .fallback("shout", arguments -> arguments[0] + "!"));

    WasmResult<String> result = this.runtime.manager.execute("guest", "shout", "hey");

    assertThat(result.value()).isEqualTo("hey!");
    assertThat(result.failure().category()).isEqualTo(WasmErrorCategory.LOAD);
  }

  @Test
  void aModuleThatCannotBeLoadedFailsWithoutAFallback() {
    this.runtime.with(
        WasmModuleDescriptor.builder("trouble").location("bytes:none").type(Fallible.class));

    WasmException failure =
        failure(
            WasmErrorCategory.LOAD,
            () ->
                this.runtime
                    .manager
                    .module("trouble")
                    .operation("add")
                    .arguments(1, 2)
                    .retrieve(int.class));

    assertThat(failure.operation()).isEqualTo("add");
    assertThat(this.runtime.manager.status("trouble").get(0).state())
        .isEqualTo(WasmModuleState.FAILED);
  }

  @Test
  void aLocationThatDoesNotAnswerIsNotAskedAgainForEveryCall() {
    this.runtime.with(WasmModuleDescriptor.builder("guest").location("bytes:none"));

    for (int i = 0; i < 5; i++) {
      failure(WasmErrorCategory.LOAD, () -> this.runtime.manager.warmUp("guest"));
    }

    assertThat(this.runtime.bytes.opened).hasValue(1);
  }

  @Test
  void fallbacksCanBeSwitchedOff() {
    this.runtime.with(
        guest("trouble").type(Fallible.class).settings(settings -> settings.withFallback(false)));

    failure(WasmErrorCategory.TRAP, () -> this.runtime.manager.bind(Fallible.class).divide(1, 0));
  }

  // Modes

  @Test
  void modeJavaAsksJavaOnly() {
    WasmResult<Integer> result = divide(WasmExecutionMode.JAVA);

    assertThat(result.source()).isEqualTo(WasmSource.FALLBACK);
    assertThat(result.failure()).isNull();
    assertThat(this.runtime.engine.compilations).hasValue(0);
  }

  @Test
  void modeWasmDoesNotFallBack() {
    failure(WasmErrorCategory.TRAP, () -> divide(WasmExecutionMode.WASM));
  }

  @Test
  void modeAutoFallsBack() {
    assertThat(divide(WasmExecutionMode.AUTO).fallback()).isTrue();
  }

  private WasmResult<Integer> divide(WasmExecutionMode mode) {
    return withFallible()
        .module("trouble")
        .operation("divide")
        .arguments(1, 0)
        .mode(mode)
        .retrieve(Integer.class);
  }

  @ParameterizedTest
  @EnumSource(WasmExecutionMode.class)
  void aModuleHasAModeOfItsOwn(WasmExecutionMode mode) {
    this.runtime.with(guest("trouble").type(Fallible.class).executionMode(mode));

    WasmResult<Integer> result =
        this.runtime
            .manager
            .module("trouble")
            .operation("divide")
            .arguments(6, 3)
            .retrieve(Integer.class);

    assertThat(result.fallback()).isEqualTo(mode == WasmExecutionMode.JAVA);
  }

  @Test
  void aTimeoutOfOneCallStopsIt() {
    this.runtime.with(guest("trouble"));

    failure(
        WasmErrorCategory.TIMEOUT,
        () ->
            this.runtime
                .manager
                .module("trouble")
                .operation("spin")
                .timeout(Duration.ofMillis(30))
                .retrieve(void.class));
  }

  @Test
  void whereWasmIsSwitchedOffJavaAnswersAndNothingIsLoaded() {
    try (TestRuntime off = new TestRuntime(false)) {
      off.with(
          guest("trouble").type(Fallible.class).fallback("shout", arguments -> arguments[0] + "!"));

      assertThat(off.manager.bind(Fallible.class).divide(6, 3)).isEqualTo(2);
      assertThat(off.manager.<String>execute("trouble", "shout", "hey").value()).isEqualTo("hey!");
      failure(WasmErrorCategory.REJECTED, () -> off.manager.bind(Fallible.class).add(1, 2));
      failure(WasmErrorCategory.REJECTED, () -> off.manager.open("trouble"));
      assertThat(off.engine.compilations).hasValue(0);
    }
  }

  // Retry

  @Test
  void aPassingFailureIsTriedAgainAsOftenAsConfigured() {
    AtomicInteger attempts = new AtomicInteger();
    this.runtime.with(retrying(attempts, 2, 3));

    WasmResult<Integer> result =
        this.runtime.manager.module("imports").operation("ask").input(5).retrieve(Integer.class);

    assertThat(result.value()).isEqualTo(5);
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
    assertThat(attempts).hasValue(3);
    assertThat(this.runtime.events(WasmEvent.CallRetried.class))
        .extracting(WasmEvent.CallRetried::attempt)
        .containsExactly(2, 3);
  }

  @Test
  void aFailureThatDoesNotPassIsThrownAfterTheLastAttempt() {
    AtomicInteger attempts = new AtomicInteger();
    this.runtime.with(retrying(attempts, 100, 3));

    failure(
        WasmErrorCategory.HOST_FUNCTION,
        () ->
            this.runtime
                .manager
                .module("imports")
                .operation("ask")
                .input(5)
                .retrieve(Integer.class));

    assertThat(attempts).hasValue(3);
    assertThat(calls("imports").total()).isEqualTo(1);
  }

  @Test
  void aTrapIsNotTriedAgain() {
    this.runtime.with(guest("trouble").settings(s -> s.withRetry(new Retry(3, Duration.ZERO))));

    failure(
        WasmErrorCategory.TRAP,
        () ->
            this.runtime
                .manager
                .module("trouble")
                .operation("unreachable_op")
                .retrieve(void.class));

    assertThat(this.runtime.events(WasmEvent.CallRetried.class)).isEmpty();
  }

  private static WasmModuleDescriptor.Builder retrying(
      AtomicInteger attempts, int failures, int maxAttempts) {
    return HostFunctionTest.imports(
            (caller, arguments) -> {
              if (attempts.incrementAndGet() <= failures) {
                throw new IllegalStateException("not now");
              }
              return arguments;
            })
        .settings(settings -> settings.withRetry(new Retry(maxAttempts, Duration.ofMillis(1))));
  }

  // Life

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
    assertThat(status.engine()).isEqualTo("chicory-compiled");
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

    assertThat(told).containsExactly("add chicory-compiled WASM", "divide java FALLBACK");
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

  private WasmModuleStatus.Calls calls(String module) {
    return this.runtime.manager.status(module).get(0).calls();
  }
}
