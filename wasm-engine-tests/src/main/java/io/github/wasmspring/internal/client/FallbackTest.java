package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who answers when a module fails, and how often it is asked. */
class FallbackTest extends ManagerFixture {

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
        guest("trouble").type(Fallible.class).settings(settings -> settings.fallback(false)));

    failure(WasmErrorCategory.TRAP, () -> this.runtime.manager.bind(Fallible.class).divide(1, 0));
  }

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
    this.runtime.with(guest("trouble").settings(s -> s.maxAttempts(3).retryDelay(Duration.ZERO)));

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
        .settings(settings -> settings.maxAttempts(maxAttempts).retryDelay(Duration.ofMillis(1)));
  }
}
