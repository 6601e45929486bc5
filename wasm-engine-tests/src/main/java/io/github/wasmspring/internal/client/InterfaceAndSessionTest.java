package io.github.wasmspring.internal.client;

import static io.github.wasmspring.testing.Failures.failure;
import static io.github.wasmspring.testing.TestRuntime.guest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.WasmExport;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmSession;
import io.github.wasmspring.event.WasmEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Operations called through interfaces and sessions. */
class InterfaceAndSessionTest extends ManagerFixture {

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
    Text same = text;

    assertThat(text).isEqualTo(same).isNotEqualTo(this.runtime.manager.bind(Text.class));
    assertThat(text.hashCode()).isEqualTo(System.identityHashCode(text));
    assertThat(text).hasToString(Text.class.getName() + " bound to module buffer 1.0.0");
  }

  @ParameterizedTest
  @ValueSource(classes = {String.class, Runnable.class})
  void onlyAnInterfaceThatNamesAModuleCanBeBound(Class<?> type) {
    assertThatIllegalArgumentException().isThrownBy(() -> withText().bind(type));
  }

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

  @WasmModule("${text.module}")
  interface WithPlaceholder {}

  @WasmModule(id = "buffer", version = "${text.version}")
  interface WithPlaceholderInTheVersion {}

  @ParameterizedTest
  @ValueSource(classes = {WithPlaceholder.class, WithPlaceholderInTheVersion.class})
  void placeholdersAreForBeans(Class<?> type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withText().bind(type))
        .withMessageContaining(type.getName())
        .withMessageContaining("bind(type, id, range)");
  }
}
