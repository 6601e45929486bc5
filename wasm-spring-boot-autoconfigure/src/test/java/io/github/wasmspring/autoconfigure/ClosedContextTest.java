package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleClient;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.client.WasmModuleState;
import io.github.wasmspring.client.WasmModuleStatus;
import io.github.wasmspring.client.WasmSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What threads get that outlive their application: a refusal, whatever they call. */
@Timeout(60)
class ClosedContextTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues("wasm.modules.calc.location=classpath:wasm/calc.wasm");

  @WasmModule("calc")
  interface Later {

    CompletableFuture<Integer> add(int a, int b);
  }

  private static void assertRefused(String module, ThrowingCallable call) {
    assertRefusal(module, catchThrowableOfType(WasmException.class, call));
  }

  private static void assertRefusal(String module, Throwable refusal) {
    assertThat(refusal)
        .isInstanceOfSatisfying(
            WasmException.class,
            failure -> assertThat(failure.category()).isEqualTo(WasmErrorCategory.REJECTED))
        .hasMessageContaining("module '%s'", module);
  }

  private static WasmModuleManager closed(AssertableApplicationContext context) {
    WasmModuleManager manager = context.getBean(WasmModuleManager.class);
    context.getSourceApplicationContext().close();
    return manager;
  }

  @Test
  void modulesThatWereNeverLoadedStayUnloaded() {
    this.runner.run(
        context -> {
          WasmModuleManager manager = closed(context);

          for (String module : List.of("calc", "provided")) {
            assertRefused(module, () -> manager.module(module));
            assertRefused(module, () -> manager.execute(module, "add", 1));
            assertRefused(module, () -> manager.open(module));
            assertRefused(module, () -> manager.bind(Provided.class, module, "*"));
            assertRefused(module, () -> manager.warmUp(module));
            assertRefused(module, () -> manager.prefetch(module, "*"));
            assertRefused(module, () -> manager.reload(module));
          }
          assertThat(manager.status())
              .extracting(WasmModuleStatus::state)
              .containsOnly(WasmModuleState.REGISTERED);
        });
  }

  @Test
  void beansAreRefusedAlthoughJavaCouldAnswer() {
    this.runner.run(
        context -> {
          Calc calc = context.getBean(WasmModuleManager.class).bind(Calc.class);
          Provided provided = context.getBean(Provided.class);
          assertThat(calc.add(2, 3)).isEqualTo(5);
          closed(context);

          assertRefused("calc", () -> calc.add(2, 3));
          assertRefused("calc", calc::trap);
          assertRefused("provided", () -> provided.add(2, 3));
        });
  }

  @Test
  void callsThatWereBegunBeforeAreRefused() {
    this.runner.run(
        context -> {
          WasmModuleManager before = context.getBean(WasmModuleManager.class);
          WasmModuleClient calc = before.module("calc");
          WasmModuleClient.OperationSpec call = calc.operation("add").arguments(1, 2);
          WasmModuleClient.OperationSpec declared =
              before.module("provided").operation("add").arguments(1, 2);
          WasmModuleClient.OperationSpec batch = calc.operation("echo");
          closed(context);

          assertRefused("calc", () -> calc.operation("add"));
          assertRefused("calc", () -> call.retrieve(Integer.class));
          assertRefused("provided", () -> declared.retrieve(Integer.class));
          assertRefused("calc", () -> batch.batch(List.of("a"), String.class));
        });
  }

  @Test
  void callsThatAnswerLaterAreRefused() {
    this.runner.run(
        context -> {
          WasmModuleManager before = context.getBean(WasmModuleManager.class);
          Later later = before.bind(Later.class);
          WasmModuleClient.OperationSpec call =
              before.module("calc").operation("add").arguments(1, 2);
          closed(context);

          CompletableFuture<Integer> ofBean = later.add(1, 2);
          CompletableFuture<WasmResult<Integer>> ofClient = call.retrieveAsync(Integer.class);
          for (CompletableFuture<?> answer : List.of(ofBean, ofClient)) {
            assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .satisfies(failed -> assertRefusal("calc", failed.getCause()));
          }
        });
  }

  @Test
  void sessionsThatAreOpenAreRefused() {
    this.runner.run(
        context -> {
          try (WasmSession session = context.getBean(WasmModuleManager.class).open("calc")) {
            assertThat(session.call("add", 2, 3)).containsExactly(5);
            closed(context);

            assertRefused("calc", () -> session.call("add", 2, 3));
          }
        });
  }
}
