package io.github.wasmspring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModule;
import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.WasmResult;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.work.WasmQueuePolicy;
import io.github.wasmspring.work.WasmTask;
import io.github.wasmspring.work.WasmTaskExecutor;
import io.github.wasmspring.work.WasmTaskSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.TaskDecorator;

/** Calls that answer later, in an application. */
@Timeout(120)
class WasmTaskTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(WasmAutoConfiguration.class))
          .withPropertyValues(
              "wasm.modules.calc.location=classpath:wasm/calc.wasm",
              "wasm.defaults.limits.timeout=10m");

  @WasmModule("calc")
  interface Later {

    CompletableFuture<Integer> add(int a, int b);

    CompletableFuture<Integer> spin();
  }

  private static CompletableFuture<WasmResult<Integer>> addLater(WasmModuleManager manager) {
    return manager.module("calc").operation("add").arguments(1, 2).retrieveAsync(Integer.class);
  }

  @Test
  void propertiesSayHowManyThreadsThereAreAndWhatWaits() {
    this.runner
        .withPropertyValues(
            "wasm.threads.max=3",
            "wasm.threads.queue-capacity=17",
            "wasm.threads.queue-policy=wait",
            "wasm.threads.queue-timeout=250ms")
        .run(
            context ->
                assertThat(context.getBean(WasmTaskExecutor.class).settings())
                    .isEqualTo(
                        new WasmTaskSettings(3, 17, WasmQueuePolicy.WAIT, Duration.ofMillis(250))));
  }

  @Test
  void thereAreDefaults() {
    this.runner.run(
        context ->
            assertThat(context.getBean(WasmTaskExecutor.class).settings())
                .isEqualTo(WasmTaskSettings.DEFAULTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wasm.threads.max=0",
        "wasm.threads.queue-capacity=-1",
        "wasm.threads.queue-timeout=-1s",
        "wasm.threads.queue-policy=hope",
        "wasm.defaults.threads.max=-1",
        "wasm.modules.calc.threads.max=-1"
      })
  void nonsenseStopsTheStart(String property) {
    this.runner
        .withPropertyValues(property)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(property.substring(0, property.indexOf('='))));
  }

  @Test
  void givesWayToAnExecutorOfTheUsersOwn() {
    this.runner
        .withBean(
            "own",
            WasmTaskExecutor.class,
            () ->
                new WasmTaskExecutor(
                    WasmTaskSettings.DEFAULTS.with(settings -> settings.maxThreads(7))))
        .run(
            context ->
                assertThat(context).getBeanNames(WasmTaskExecutor.class).containsExactly("own"));
  }

  @Test
  void aModuleHasSettingsOfItsOwn() {
    this.runner
        .withPropertyValues(
            "wasm.defaults.threads.max=2",
            "wasm.defaults.threads.priority=low",
            "wasm.modules.calc.threads.priority=high")
        .run(
            context -> {
              WasmModuleManager manager = context.getBean(WasmModuleManager.class);
              assertThat(manager.registry().get("calc", "*").settings().threads().priority())
                  .isEqualTo(WasmPriority.HIGH);
              assertThat(manager.registry().get("calc", "*").settings().threads().max())
                  .isEqualTo(2);
              assertThat(manager.registry().get("provided", "*").settings().threads().priority())
                  .isEqualTo(WasmPriority.LOW);
            });
  }

  @Test
  void aModuleRunsNoMoreCallsThanItMay() {
    this.runner
        .withPropertyValues("wasm.threads.max=4", "wasm.modules.calc.threads.max=1")
        .run(
            context -> {
              Later later = context.getBean(WasmModuleManager.class).bind(Later.class);
              WasmTaskExecutor tasks = context.getBean(WasmTaskExecutor.class);
              CompletableFuture<Integer> spinning = later.spin();
              CompletableFuture<Integer> queued = later.add(1, 2);
              assertThat(tasks.tasks("calc", 10).tasks())
                  .extracting(WasmTask::state)
                  .containsExactly(WasmTask.State.RUNNING, WasmTask.State.QUEUED);

              spinning.cancel(true);

              assertThat(queued.get(30, TimeUnit.SECONDS)).isEqualTo(3);
            });
  }

  @Test
  void aFullQueueIsNamedWithThePropertyToRaise() {
    this.runner
        .withPropertyValues(
            "wasm.threads.max=1",
            "wasm.threads.queue-capacity=0",
            "wasm.threads.queue-policy=reject")
        .run(
            context -> {
              Later later = context.getBean(WasmModuleManager.class).bind(Later.class);
              later.spin();
              assertThatThrownBy(later.add(1, 2)::join)
                  .cause()
                  .isInstanceOfSatisfying(
                      WasmException.class,
                      failure -> {
                        assertThat(failure.category()).isEqualTo(WasmErrorCategory.REJECTED);
                        assertThat(failure.module()).isEqualTo("calc");
                        assertThat(failure.operation()).isEqualTo("add");
                        assertThat(failure).hasMessageContaining("wasm.threads.queue-capacity");
                      });
            });
  }

  @Test
  void callsRunOnPlatformThreadsOfTheirOwnWithWhatTaskDecoratorsCarry() {
    List<String> carried = new CopyOnWriteArrayList<>();
    TaskDecorator first =
        work -> {
          String caller = Thread.currentThread().getName();
          return () -> {
            carried.add(caller + " to " + Thread.currentThread().getName());
            work.run();
          };
        };
    this.runner
        .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
        .withBean(TaskDecorator.class, () -> first)
        .run(
            context -> {
              addLater(context.getBean(WasmModuleManager.class)).get(30, TimeUnit.SECONDS);
              assertThat(carried)
                  .singleElement()
                  .satisfies(
                      line ->
                          assertThat(line)
                              .startsWith(Thread.currentThread().getName() + " to wasm-call-"));
            });
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void callsRunOnVirtualThreadsWhereTheApplicationWantsThose() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    TaskDecorator recording =
        work ->
            () -> {
              threads.add(Thread.currentThread());
              work.run();
            };
    this.runner
        .withBean(TaskDecorator.class, () -> recording)
        .withPropertyValues("spring.threads.virtual.enabled=true")
        .run(
            context -> {
              Later later = context.getBean(WasmModuleManager.class).bind(Later.class);
              assertThat(later.add(1, 2).get(30, TimeUnit.SECONDS)).isEqualTo(3);
              assertThat(Thread.class.getMethod("isVirtual").invoke(threads.get(0)))
                  .isEqualTo(true);
              assertThat(threads.get(0).getName()).startsWith("wasm-call-");

              CompletableFuture<Integer> spinning = later.spin();
              WasmTaskExecutor tasks = context.getBean(WasmTaskExecutor.class);
              Awaitility.await().until(() -> tasks.tasks("calc", 0).running() == 1);
              spinning.cancel(true);
              Awaitility.await().until(() -> tasks.tasks("calc", 0).running() == 0);
              assertThat(later.add(1, 2).get(30, TimeUnit.SECONDS)).isEqualTo(3);
            });
  }

  @Test
  void closingTheContextStopsWhatRuns() {
    this.runner.run(
        context -> {
          WasmTaskExecutor tasks = context.getBean(WasmTaskExecutor.class);
          CompletableFuture<Integer> spinning =
              context.getBean(WasmModuleManager.class).bind(Later.class).spin();
          Awaitility.await().until(() -> tasks.tasks(0).running() == 1);

          context.close();

          assertThatThrownBy(spinning::join).hasMessageContaining("shutting down");
          Awaitility.await().until(() -> tasks.tasks(0).running() == 0);
        });
  }
}
