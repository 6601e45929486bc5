package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmValueType;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.fallback.DefaultWasmErrorHandler;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.fallback.WasmFailureAction;
import io.github.wasmspring.fallback.WasmRetryPolicy;
import io.github.wasmspring.module.WasmImportDefinition;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.testing.TestRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is tried again, how often, and when that ends. */
@Timeout(60)
class RetryTest {

  private static final WasmFunctionType NOTHING = new WasmFunctionType(List.of(), List.of());

  private final AtomicInteger attempts = new AtomicInteger();
  private TestRuntime runtime = new TestRuntime();

  @WasmModule("trouble")
  interface Trouble {

    void spin();

    default int load(int address) {
      return -1;
    }
  }

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private void start(WasmErrorHandler handler) {
    this.runtime.close();
    this.runtime = new TestRuntime(handler);
  }

  /** Its operation {@code fail} works when it has failed so often. */
  private void withFailing(int failures, Consumer<WasmModuleSettings.Builder> settings) {
    this.runtime.with(
        guest("hostile-host-calls")
            .settings(settings::accept)
            .imports(
                host("read", 2),
                host("write", 2),
                new WasmImportDefinition(
                    "env",
                    "fail",
                    NOTHING,
                    (caller, arguments) -> {
                      if (this.attempts.incrementAndGet() <= failures) {
                        throw new IllegalStateException("not now");
                      }
                      return new long[0];
                    })));
  }

  private static WasmImportDefinition host(String name, int parameters) {
    List<WasmValueType> types = Collections.nCopies(parameters, WasmValueType.I32);
    return new WasmImportDefinition(
        "env", name, new WasmFunctionType(types, List.of()), (caller, arguments) -> new long[0]);
  }

  private void fail() {
    this.runtime.manager.module("hostile-host-calls").operation("fail").retrieve(void.class);
  }

  private static @Nullable WasmException failure(Runnable call) {
    return catchThrowableOfType(WasmException.class, call::run);
  }

  private void withTrouble(Consumer<WasmModuleSettings.Builder> settings) {
    WasmModuleDescriptor.Builder trouble =
        guest("trouble")
            .settings(of -> of.limits(limits -> limits.timeout(Duration.ofMillis(30))))
            .settings(settings::accept);
    this.runtime.with(trouble);
  }

  private int retries() {
    return this.runtime.events(WasmEvent.CallRetried.class).size();
  }

  @Test
  void whatPassesIsTriedAgainUntilItWorks() {
    withFailing(2, settings -> settings.maxAttempts(3).retryDelay(Duration.ZERO));
    fail();
    assertThat(this.attempts).hasValue(3);
    assertThat(retries()).isEqualTo(2);
  }

  @Test
  void aTimeOutIsNotUnlessSomebodyAsksForIt() {
    withTrouble(settings -> settings.maxAttempts(3).retryDelay(Duration.ZERO));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(failure(trouble::spin).category()).isEqualTo(WasmErrorCategory.TIMEOUT);
    assertThat(retries()).isZero();
  }

  @Test
  void whoAsksForItGetsIt() {
    withTrouble(
        settings ->
            settings
                .maxAttempts(3)
                .retryDelay(Duration.ZERO)
                .retryCategories(Set.of(WasmErrorCategory.TIMEOUT)));
    Trouble trouble = this.runtime.manager.bind(Trouble.class);
    assertThat(failure(trouble::spin).category()).isEqualTo(WasmErrorCategory.TIMEOUT);
    assertThat(retries()).isEqualTo(2);
  }

  @Test
  void noAttemptBeginsWhenTheTimeForAllIsOver() {
    withFailing(
        Integer.MAX_VALUE,
        settings ->
            settings
                .maxAttempts(Integer.MAX_VALUE)
                .retryDelay(Duration.ofMillis(5))
                .retryMultiplier(1)
                .retryMaxTime(Duration.ofMillis(300))
                .limits(limits -> limits.timeout(Duration.ofMillis(50))));
    long start = System.nanoTime();
    assertThat(failure(this::fail).category()).isEqualTo(WasmErrorCategory.HOST_FUNCTION);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(250).toNanos());
    assertThat(this.attempts.get()).isBetween(2, 61);
  }

  @Test
  void aPauseThatEndsTooLateIsNotMade() {
    withFailing(1, settings -> settings.maxAttempts(2).retryDelay(Duration.ofHours(1)));
    assertThat(failure(this::fail).category()).isEqualTo(WasmErrorCategory.HOST_FUNCTION);
    assertThat(this.attempts).hasValue(1);
    assertThat(retries()).isZero();
  }

  @Test
  void javaAnswersWhenTheTimeIsOver() {
    withTrouble(
        settings ->
            settings
                .maxAttempts(5)
                .retryDelay(Duration.ofHours(1))
                .retryCategories(Set.of(WasmErrorCategory.TRAP)));
    assertThat(this.runtime.manager.bind(Trouble.class).load(-1)).isEqualTo(-1);
  }

  @Test
  void anErrorHandlerThatNeverGivesUpIsStoppedByTheTime() {
    start((failure, settings, attempt, hasFallback) -> WasmFailureAction.RETRY);
    withFailing(
        Integer.MAX_VALUE,
        settings ->
            settings
                .retryDelay(Duration.ofMillis(1))
                .retryMaxTime(Duration.ofMillis(100))
                .limits(limits -> limits.timeout(Duration.ofMillis(50))));
    assertThat(failure(this::fail)).isInstanceOf(WasmExecutionException.class);
    assertThat(this.attempts.get()).isGreaterThan(1);
  }

  @Test
  void aPolicyOfTheApplicationDecidesWhereItIsNamed() {
    List<Integer> asked = new ArrayList<>();
    WasmRetryPolicy twice =
        (failure, attempt) -> {
          asked.add(attempt);
          return failure.category() == WasmErrorCategory.HOST_FUNCTION && attempt < 3
              ? Duration.ZERO
              : null;
        };
    start(new DefaultWasmErrorHandler(name -> name.equals("twice") ? twice : null));
    withFailing(4, settings -> settings.retryPolicy("twice"));
    assertThat(failure(this::fail).category()).isEqualTo(WasmErrorCategory.HOST_FUNCTION);
    assertThat(this.attempts).hasValue(3);
    assertThat(asked).as("once for each failure").containsExactly(1, 2, 3);
    fail();
    assertThat(this.attempts).hasValue(5);
    assertThat(retries()).isEqualTo(3);
  }

  @Test
  void javaAnswersWhatAPolicyDoesNotTryAgain() {
    start(new DefaultWasmErrorHandler(name -> (failure, attempt) -> null));
    withTrouble(settings -> settings.retryPolicy("never"));
    assertThat(this.runtime.manager.bind(Trouble.class).load(-1)).isEqualTo(-1);
    assertThat(retries()).isZero();
  }

  @Test
  void oneThatDoesNotExistIsNamedWithTheFailure() {
    withFailing(1, settings -> settings.retryPolicy("none"));
    assertThat(failure(this::fail))
        .hasMessageContaining("not now")
        .hasMessageContaining("there is no retry policy 'none' (retry.policy)");
    assertThat(this.attempts).hasValue(1);
  }
}
