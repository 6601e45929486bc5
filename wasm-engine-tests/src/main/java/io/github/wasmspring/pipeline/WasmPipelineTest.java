package io.github.wasmspring.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmOperationException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.pipeline.WasmPipelineException.Reason;
import io.github.wasmspring.pipeline.WasmStageOutcome.Status;
import io.github.wasmspring.runtime.WasmRuntime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages of the guests of these tests. */
@Timeout(60)
class WasmPipelineTest {

  private final WasmRuntime runtime =
      WasmRuntime.builder()
          .module(
              WasmModuleDescriptor.builder("buffer").location("classpath:wasm/buffer.wasm").build())
          .build();
  private final WasmModuleManager manager = this.runtime.manager();

  @AfterEach
  void close() {
    this.runtime.close();
  }

  private WasmPipelineBuilder<String, String> texts() {
    return WasmPipeline.builder("texts", this.manager, String.class);
  }

  @Test
  void theExampleOfThePage() {
    WasmModuleManager manager = this.manager;
    WasmPipeline<String, Integer> pipeline =
        WasmPipeline.builder("texts", manager, String.class)
            .timeout(Duration.ofSeconds(10))
            .operation("echo", "buffer", "echo", String.class)
            .function("shout", String.class, (text, run) -> text + "!")
            .operation("again", "buffer", "echo", String.class, stage -> stage.fallback("nothing"))
            .function("length", Integer.class, (text, run) -> text.length())
            .build();
    WasmPipelineResult<Integer> result = pipeline.run("añb");
    assertThat(result.value()).isEqualTo(4);
  }

  @Test
  void theBranchesOfThePage() {
    assertThat(
            texts()
                .parallel(
                    "both",
                    branches ->
                        branches
                            .operation("echo", "buffer", "echo", String.class)
                            .function("length", Integer.class, (text, run) -> text.length()))
                .build()
                .run("abc")
                .value())
        .isEqualTo(Map.of("echo", "abc", "length", 3));
  }

  @Test
  void stagesHandOverToEachOther() {
    WasmPipeline<String, Integer> pipeline =
        texts()
            .operation("echo", "buffer", "echo", String.class)
            .function("shout", String.class, (text, run) -> text + "!")
            .operation("again", "buffer", "echo", String.class)
            .function("length", Integer.class, (text, run) -> text.length())
            .build();
    WasmPipelineResult<Integer> result = pipeline.run("añb");
    assertThat(result.value()).isEqualTo(4);
    assertThat(result.completed()).isTrue();
    assertThat(pipeline.stages()).containsExactly("echo", "shout", "again", "length");
    assertThat(result.stages())
        .extracting(WasmStageOutcome::stage, WasmStageOutcome::status, WasmStageOutcome::value)
        .containsExactly(
            tuple("echo", Status.DONE, "añb"),
            tuple("shout", Status.DONE, "añb!"),
            tuple("again", Status.DONE, "añb!"),
            tuple("length", Status.DONE, 4));
    assertThat(result.stages()).allSatisfy(each -> assertThat(each.duration()).isPositive());
    assertThat(result.stages().get(0).source()).isEqualTo(WasmSource.WASM);
    assertThat(result.stages().get(1).source()).isNull();
    assertThat(result.duration()).isPositive();
  }

  @Test
  void aFailureEndsTheRunAndKeepsWhatThereIs() {
    WasmPipelineResult<String> result =
        texts()
            .operation("echo", "buffer", "echo", String.class)
            .operation("fail", "buffer", "fail_with", String.class)
            .function("never", String.class, (text, run) -> "reached")
            .build()
            .run("{\"code\":\"bad\",\"message\":\"it is\"}");
    assertThat(result.completed()).isFalse();
    assertThat(result.stages())
        .extracting(WasmStageOutcome::status)
        .containsExactly(Status.DONE, Status.FAILED, Status.NOT_RUN);
    assertThat(result.stage("echo").orElseThrow().value()).asString().contains("bad");
    WasmPipelineException failure =
        catchThrowableOfType(WasmPipelineException.class, result::value);
    assertThat(failure.reason()).isEqualTo(Reason.STAGE_FAILED);
    assertThat(failure.stage()).isEqualTo("fail");
    assertThat(failure)
        .hasMessageContaining("Pipeline 'texts', stage 'fail'")
        .hasCauseInstanceOf(WasmOperationException.class);
  }

  @Test
  void aStageCanBeSkippedOrReplaced() {
    WasmPipelineResult<String> result =
        texts()
            .operation(
                "skipped", "buffer", "fail_with", String.class, stage -> stage.skipOnFailure())
            .operation(
                "replaced",
                "buffer",
                "fail_with",
                String.class,
                stage -> stage.fallback((text, failure) -> text.length() + " chars"))
            .<String>function(
                "constant",
                String.class,
                (text, run) -> {
                  throw new IllegalStateException("no");
                },
                stage -> stage.fallback("else"))
            .build()
            .run("{\"code\":\"bad\",\"message\":\"it is\"}");
    assertThat(result.value()).isEqualTo("else");
    assertThat(result.stages())
        .extracting(WasmStageOutcome::status)
        .containsExactly(Status.SKIPPED, Status.REPLACED, Status.REPLACED);
    assertThat(result.stages().get(1).value()).isEqualTo("32 chars");
    assertThat(result.stages()).allSatisfy(each -> assertThat(each.failure()).isNotNull());
  }

  @Test
  void aFallbackThatFailsFails() {
    WasmPipelineResult<String> result =
        texts()
            .<String>function(
                "one",
                String.class,
                (text, run) -> {
                  throw new IllegalStateException("first");
                },
                stage ->
                    stage.fallback(
                        (text, failure) -> {
                          throw new IllegalArgumentException("second");
                        }))
            .build()
            .run("a");
    assertThatThrownBy(result::value)
        .hasMessageContaining("second")
        .cause()
        .hasSuppressedException(new IllegalStateException("first"));
  }

  @Test
  void branchesAreGivenTheSameAndHandOverByName() {
    WasmPipelineResult<Map<String, Object>> result =
        texts()
            .parallel(
                "both",
                branches ->
                    branches
                        .operation("echo", "buffer", "echo", String.class)
                        .function("length", Integer.class, (text, run) -> text.length())
                        .operation(
                            "optional",
                            "buffer",
                            "fail_with",
                            String.class,
                            stage -> stage.fallback("nothing")))
            .build()
            .run("{\"code\":\"a\",\"message\":\"\"}");
    assertThat(result.value())
        .isEqualTo(
            Map.of(
                "echo", "{\"code\":\"a\",\"message\":\"\"}", "length", 25, "optional", "nothing"));
    assertThat(result.value().keySet()).containsExactly("echo", "length", "optional");
    assertThat(result.stages())
        .extracting(WasmStageOutcome::stage)
        .containsExactly("both", "both.echo", "both.length", "both.optional");
    assertThat(result.stage("both.optional").orElseThrow().status()).isEqualTo(Status.REPLACED);
  }

  /** They would wait for each other in vain if one ran after the other. */
  @Test
  void functionsOfBranchesRunBesideEachOtherOnAnExecutor() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      CountDownLatch both = new CountDownLatch(2);
      WasmStageFunction<String, String> meet =
          (text, run) -> {
            both.countDown();
            assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
            return text;
          };
      assertThat(
              texts()
                  .executor(threads)
                  .parallel(
                      "both",
                      branches ->
                          branches
                              .function("one", String.class, meet)
                              .function("two", String.class, meet))
                  .build()
                  .run("a")
                  .value())
          .isEqualTo(Map.of("one", "a", "two", "a"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aBranchThatFailsStopsTheOthers() {
    WasmPipelineResult<Map<String, Object>> result =
        texts()
            .parallel(
                "both",
                branches ->
                    branches
                        .operation("endless", "buffer", "wait_for_ever", void.class)
                        .<String>function(
                            "broken",
                            String.class,
                            (text, run) -> {
                              throw new IllegalStateException("no");
                            }))
            .build()
            .run("a");
    assertThat(result.completed()).isFalse();
    assertThat(result.stage("both").orElseThrow().status()).isEqualTo(Status.FAILED);
    assertThat(result.stage("both.endless").orElseThrow().status()).isEqualTo(Status.NOT_RUN);
    Awaitility.await().until(() -> this.manager.status("buffer").get(0).pool().inUse() == 0);
  }

  @Test
  void aDeadlineIsForAllStages() {
    WasmPipeline<String, Void> pipeline =
        texts()
            .timeout(Duration.ofMillis(200))
            .operation(
                "endless",
                "buffer",
                "wait_for_ever",
                void.class,
                stage -> stage.fallback((text, failure) -> null))
            .build();
    WasmPipelineResult<Void> result = pipeline.run("a");
    assertThatThrownBy(result::value)
        .isInstanceOfSatisfying(
            WasmPipelineException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.DEADLINE))
        .hasCauseInstanceOf(WasmException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aFunctionIsInterruptedAtItsTime() {
    CountDownLatch never = new CountDownLatch(1);
    WasmPipelineResult<String> result =
        texts()
            .function(
                "waits",
                String.class,
                (text, run) -> {
                  assertThat(run.timeLeft()).isPresent();
                  never.await();
                  return text;
                },
                stage -> stage.timeout(Duration.ofMillis(50)).fallback("late"))
            .function("next", String.class, (text, run) -> text + "!")
            .build()
            .run("a");
    assertThat(result.value()).isEqualTo("late!");
    assertThat(result.stages().get(0).failure()).isInstanceOf(TimeoutException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whoCancelsStopsTheRun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean next = new AtomicBoolean();
    CompletableFuture<WasmPipelineResult<String>> answer =
        texts()
            .function(
                "waits",
                String.class,
                (text, run) -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                    return text;
                  } finally {
                    stopped.countDown();
                  }
                },
                stage -> stage.fallback("not for a cancellation"))
            .function(
                "next",
                String.class,
                (text, run) -> {
                  next.set(true);
                  return text;
                })
            .build()
            .runAsync("a");
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    answer.cancel(true);
    assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(next).isFalse();
  }

  @Test
  void anInterruptEndsTheRunAndStaysSet() {
    Thread.currentThread().interrupt();
    try {
      WasmPipelineResult<String> result =
          texts().function("one", String.class, (text, run) -> text).build().run("a");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      assertThat(result.failure()).isNotNull();
      assertThat(result.failure().reason()).isEqualTo(Reason.CANCELLED);
      assertThat(result.stages().get(0).status()).isEqualTo(Status.NOT_RUN);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void earlierResultsCanBeUsed() {
    WasmPipelineResult<String> result =
        texts()
            .function("length", Integer.class, (text, run) -> text.length())
            .operation(
                "echo",
                "buffer",
                "echo",
                String.class,
                stage -> stage.input((length, run) -> "of " + length))
            .function(
                "both",
                String.class,
                (text, run) -> text + ", " + run.result("length", Integer.class))
            .function(
                "unknown",
                String.class,
                (text, run) -> String.valueOf(run.result("none", String.class)))
            .build()
            .run("abc");
    assertThat(result.stage("both").orElseThrow().value()).isEqualTo("of 3, 3");
    assertThat(result.failure()).hasRootCauseInstanceOf(NoSuchElementException.class);
  }

  @Test
  void stagesAreToldOfAsTheyEnd() {
    List<String> told = new ArrayList<>();
    texts()
        .listener(outcome -> told.add(outcome.stage() + " " + outcome.status()))
        .function("one", String.class, (text, run) -> text)
        .function("two", String.class, (text, run) -> text)
        .build()
        .run("a");
    assertThat(told).containsExactly("one DONE", "two DONE");
  }

  @Test
  void anAnswerOfAnotherTypeIsAFailureOfItsStage() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    WasmStageFunction<String, Integer> wrong = (WasmStageFunction) (text, run) -> "text";
    assertThat(texts().function("wrong", Integer.class, wrong).build().run("a").failure())
        .hasMessageContaining("java.lang.String")
        .hasCauseInstanceOf(ClassCastException.class);
  }

  @Test
  void whatCanNotBeIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts().build())
        .withMessageContaining("has no stage");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WasmPipeline.builder("a b", this.manager, String.class));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                texts()
                    .function("one", String.class, (text, run) -> text)
                    .function("one", String.class, (text, run) -> text))
        .withMessageContaining("two stages 'one'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> texts().parallel("none", branches -> {}))
        .withMessageContaining("no branch");
    assertThatIllegalArgumentException().isThrownBy(() -> texts().timeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                texts()
                    .function(
                        "one", Integer.class, (text, run) -> 1, stage -> stage.skipOnFailure()))
        .withMessageContaining("can't be skipped");
    assertThatThrownBy(() -> texts().operation("one", "nobody", "echo", String.class))
        .isInstanceOf(WasmModuleNotFoundException.class);
  }

  /** What an interface declares can be checked before anything runs. */
  interface Declared {
    String echo(String text);

    String skip(String text, int bytes);

    int length(String text);

    int allocs();
  }

  @Test
  void whatDoesNotFitADeclaredOperationIsRefusedAtOnce() {
    try (WasmRuntime declared =
        WasmRuntime.builder()
            .module(
                WasmModuleDescriptor.builder("buffer")
                    .location("classpath:wasm/buffer.wasm")
                    .type(Declared.class)
                    .build())
            .build()) {
      WasmPipelineBuilder<String, String> texts =
          WasmPipeline.builder("declared", declared.manager(), String.class);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  texts.operation(
                      "one", "buffer", "skip", String.class, stage -> stage.option("byte", 1)))
          .withMessageContaining("option 'byte'")
          .withMessageContaining("String skip(String text, int bytes)");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> texts.operation("one", "buffer", "length", String.class))
          .withMessageContaining("is to hand over a String");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> texts.operation("one", "buffer", "allocs", Integer.class))
          .withMessageContaining("takes nothing");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  WasmPipeline.builder("declared", declared.manager(), Integer.class)
                      .operation("one", "buffer", "echo", String.class))
          .withMessageContaining("is given a Integer");
      assertThat(
              texts
                  .operation(
                      "skip", "buffer", "skip", byte[].class, stage -> stage.option("bytes", 2))
                  .build()
                  .run("abcd")
                  .value())
          .isEqualTo("cd".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void manyThreadsRunIt() throws Exception {
    WasmPipeline<String, Integer> pipeline =
        texts()
            .operation("echo", "buffer", "echo", String.class)
            .parallel(
                "both",
                branches ->
                    branches
                        .operation("one", "buffer", "echo", String.class)
                        .operation("two", "buffer", "echo", String.class))
            .function(
                "sum",
                Integer.class,
                (both, run) ->
                    both.values().stream().mapToInt(each -> each.toString().length()).sum())
            .build();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> answers =
          IntStream.range(1, 200)
              .mapToObj(each -> threads.submit(() -> pipeline.run("a".repeat(each)).value()))
              .toList();
      for (int each = 0; each < answers.size(); each++) {
        assertThat(answers.get(each).get()).isEqualTo(2 * (each + 1));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
