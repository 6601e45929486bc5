package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.event.WasmEvent.CallFailed;
import io.github.wasmspring.event.WasmEvent.ChoiceSwitched;
import io.github.wasmspring.event.WasmEvent.ChoiceSwitched.Reason;
import io.github.wasmspring.fallback.WasmFailureAction;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose side is chosen. What is chosen does not hang on times here: a side fails, always. */
@Timeout(60)
class AdaptiveExecutionTest {

  private static final int FAILURES = 32;

  /** Division by zero traps, so that Java becomes the chosen side. */
  @WasmModule("trouble")
  interface Divider {

    default int divide(int first, int second) {
      if (first == 13) {
        throw new IllegalStateException("Java does not like 13");
      }
      if (first == 14) {
        throw new WasmOperationException("fourteen", "nobody likes 14", null);
      }
      return second == 0 ? Integer.MAX_VALUE : first / second;
    }

    @WasmExport("divide")
    int alone(int first, int second);

    default void spin(WasmCallOptions options) {}
  }

  @WasmModule("buffer")
  interface Failing {
    default String failWith(String error) {
      throw new WasmOperationException("same", "as the guest", null);
    }
  }

  private final TestRuntime runtime = new TestRuntime();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private Divider divider() {
    return divider(guest("trouble").type(Divider.class));
  }

  private Divider divider(WasmModuleDescriptor.Builder module) {
    this.runtime.with(module.executionMode(WasmExecutionMode.ADAPTIVE));
    return this.runtime.manager.bind(Divider.class);
  }

  private static void failOften(Divider divider) {
    for (int i = 0; i < FAILURES; i++) {
      divider.divide(1, 0);
    }
  }

  private WasmResult<Integer> divide(int first, int second) {
    return this.runtime
        .manager
        .module("trouble")
        .operation("divide")
        .arguments(first, second)
        .retrieve(Integer.class);
  }

  private List<WasmAdaptiveRow> rows(String operation) {
    return status().adaptive().getOrDefault(operation, List.of());
  }

  private WasmModuleStatus status() {
    return this.runtime.manager.status("trouble").get(0);
  }

  @Test
  void theModuleAnswersFirst() {
    divider();

    assertThat(divide(6, 3).source()).isEqualTo(WasmSource.WASM);
    assertThat(rows("divide"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.chosen()).isEqualTo(WasmSource.WASM);
              assertThat(row.calls()).isEqualTo(1);
            });
  }

  @Test
  void aFailureFallsBackAsEverAndIsNoChoice() {
    divider();

    WasmResult<Integer> result = divide(1, 0);

    assertThat(result.value()).isEqualTo(Integer.MAX_VALUE);
    assertThat(result.source()).isEqualTo(WasmSource.FALLBACK);
    assertThat(result.failure().category()).isEqualTo(WasmErrorCategory.TRAP);
    assertThat(status().calls())
        .extracting(WasmModuleStatus.Calls::fallback, WasmModuleStatus.Calls::java)
        .containsExactly(1L, 0L);
  }

  @Test
  void aChosenAnswerOfJavaIsNoFailure() {
    failOften(divider());

    WasmResult<Integer> result = divide(6, 3);

    assertThat(result.value()).isEqualTo(2);
    assertThat(result.source()).isEqualTo(WasmSource.JAVA);
    assertThat(result.engine()).isEqualTo("java");
    assertThat(result.fallback()).isFalse();
    assertThat(result.failure()).isNull();
    assertThat(status().calls())
        .extracting(
            WasmModuleStatus.Calls::total,
            WasmModuleStatus.Calls::fallback,
            WasmModuleStatus.Calls::java,
            WasmModuleStatus.Calls::failed)
        .containsExactly(FAILURES + 1L, (long) FAILURES, 1L, 0L);
    assertThat(this.runtime.events(CallFailed.class)).hasSize(FAILURES);
  }

  @Test
  void aChangeOfSidesIsAnnounced() {
    failOften(divider());

    assertThat(this.runtime.events(ChoiceSwitched.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.module()).isEqualTo("trouble");
              assertThat(event.operation()).isEqualTo("divide");
              assertThat(event.chosen()).isEqualTo(WasmSource.JAVA);
              assertThat(event.why()).isEqualTo(Reason.FAILING);
              assertThat(event.toBytes()).isZero();
            });
    assertThat(rows("divide").get(0).switches()).isEqualTo(1);
  }

  @Test
  void theModuleAnswersWhereTheChosenJavaFails() {
    failOften(divider());

    WasmResult<Integer> result = divide(13, 2);

    assertThat(result.value()).isEqualTo(6);
    assertThat(result.source()).isEqualTo(WasmSource.WASM);
  }

  @Test
  void whetherTheModuleAnswersWhereTheChosenJavaFailsIsTheErrorHandlersDecision() {
    try (TestRuntime strict =
        new TestRuntime(
            (failure, settings, attempt, hasFallback) ->
                failure.category() == WasmErrorCategory.ENGINE
                    ? WasmFailureAction.THROW
                    : WasmFailureAction.FALLBACK)) {
      strict.with(guest("trouble").type(Divider.class).executionMode(WasmExecutionMode.ADAPTIVE));
      Divider divider = strict.manager.bind(Divider.class);
      failOften(divider);

      assertThat(failure(WasmErrorCategory.ENGINE, () -> divider.divide(13, 2)).operation())
          .isEqualTo("divide");
    }
  }

  @Test
  void whereBothFailTheModulesFailureIsThrown() {
    failOften(divider());

    failure(WasmErrorCategory.TRAP, () -> divide(13, 0));
  }

  @Test
  void theAnswerOfTheChosenJavaMayBeAnError() {
    failOften(divider());

    failure(WasmOperationException.class, () -> divide(14, 2));
    assertThat(status().calls().failed()).isEqualTo(1);
  }

  @Test
  void anErrorThatTheGuestAnswersIsAnAnswer() {
    this.runtime.with(
        guest("buffer").type(Failing.class).executionMode(WasmExecutionMode.ADAPTIVE));
    Failing failing = this.runtime.manager.bind(Failing.class);

    for (int i = 0; i < 5 * FAILURES; i++) {
      failure(
          WasmOperationException.class,
          () -> failing.failWith("{\"code\":\"a\",\"message\":\"b\"}"));
    }

    assertThat(this.runtime.events(ChoiceSwitched.class)).isEmpty();
  }

  @Test
  void withoutAFallbackTheModuleIsAskedAlways() {
    Divider divider = divider();

    for (int i = 0; i < 2 * FAILURES; i++) {
      failure(WasmErrorCategory.TRAP, () -> divider.alone(1, 0));
    }

    assertThat(divider.alone(6, 3)).isEqualTo(2);
    assertThat(rows("alone")).isEmpty();
  }

  @Test
  void fallbacksThatAreSwitchedOffAreNotChosen() {
    Divider divider =
        divider(
            guest("trouble").type(Divider.class).settings(settings -> settings.fallback(false)));

    failure(WasmErrorCategory.TRAP, () -> divider.divide(1, 0));
    assertThat(status().adaptive()).isEmpty();
  }

  @Test
  void oneCallMayBeAdaptiveWhereOthersAreNot() {
    this.runtime.with(guest("trouble").type(Divider.class));

    divide(6, 3);
    assertThat(status().adaptive()).isEmpty();

    this.runtime
        .manager
        .module("trouble")
        .operation("divide")
        .arguments(6, 3)
        .mode(WasmExecutionMode.ADAPTIVE)
        .retrieve(Integer.class);
    assertThat(rows("divide")).hasSize(1);
  }

  @Test
  void whatIsKnownCanBeForgotten() {
    failOften(divider());

    this.runtime.manager.relearn("trouble");

    assertThat(status().adaptive()).isEmpty();
    assertThat(divide(6, 3).source()).isEqualTo(WasmSource.WASM);
  }

  @Test
  void codeThatIsLoadedAgainIsNotKnown() {
    failOften(divider());

    this.runtime.manager.reload("trouble");

    assertThat(divide(6, 3).source()).isEqualTo(WasmSource.WASM);
  }

  @Test
  void aDisabledModuleLearnsNothing() {
    divider();
    this.runtime.manager.disable("trouble");

    assertThat(divide(6, 3).source()).isEqualTo(WasmSource.FALLBACK);
    assertThat(status().adaptive()).isEmpty();
  }

  /** It would run for ten minutes if the limit of the module were all that stops it. */
  @Test
  void aModuleThatIsOnlyTriedGetsLittleTime() {
    Divider divider =
        divider(
            guest("trouble")
                .type(Divider.class)
                .settings(
                    settings -> settings.limits(limits -> limits.timeout(Duration.ofMinutes(10)))));
    for (int i = 0; i < FAILURES; i++) {
      divider.spin(WasmCallOptions.timeout(Duration.ofMillis(1)));
    }
    assertThat(rows("spin").get(0).chosen()).isEqualTo(WasmSource.JAVA);

    for (int i = 0; i < 1000 && rows("spin").get(0).explored() == 0; i++) {
      divider.spin(WasmCallOptions.DEFAULTS);
    }

    assertThat(rows("spin").get(0).explored()).isEqualTo(1);
    assertThat(this.runtime.events(CallFailed.class)).hasSize(FAILURES + 1);
  }
}
