package io.github.wasmspring.pipeline;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.pipeline.WasmStageOutcome.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs one stage, and does what its policy says if it fails. */
final class StageRunner {

  private final PipelineExecution run;

  StageRunner(PipelineExecution run) {
    this.run = run;
  }

  WasmStageOutcome run(String name, StagePlan plan, @Nullable Object value) {
    long start = System.nanoTime();
    try {
      StagePlan.Body body = Objects.requireNonNull(plan.body(), "A stage has a body or branches");
      return done(name, body.run(value, this.run, timing(plan)), start);
    } catch (Exception failure) {
      return failed(name, plan, value, failure, start);
    }
  }

  Timing timing(StagePlan plan) {
    return this.run.timing().within(plan.said().timeout);
  }

  static WasmStageOutcome done(String name, StageAnswer answer, long start) {
    return new WasmStageOutcome(
        name, Status.DONE, answer.value(), since(start), answer.source(), null);
  }

  /** Neither a cancellation nor the deadline of all is a matter of a stage's policy. */
  WasmStageOutcome failed(
      String name, StagePlan plan, @Nullable Object value, Exception failure, long start) {
    Exception cause = unwrapped(failure);
    WasmStage<?, ?> said = plan.said();
    if (isCancellation(cause) || this.run.timing().isOver() || value == null) {
      return outcome(name, Status.FAILED, null, start, cause);
    }
    if (said.fallback != null) {
      try {
        return outcome(name, Status.REPLACED, said.fallback.apply(value, cause), start, cause);
      } catch (RuntimeException second) {
        second.addSuppressed(cause);
        return outcome(name, Status.FAILED, null, start, second);
      }
    }
    return said.skipped
        ? outcome(name, Status.SKIPPED, value, start, cause)
        : outcome(name, Status.FAILED, null, start, cause);
  }

  private static WasmStageOutcome outcome(
      String name, Status status, @Nullable Object value, long start, Exception failure) {
    return new WasmStageOutcome(name, status, value, since(start), null, failure);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Exception unwrapped(Exception failure) {
    return (failure instanceof ExecutionException || failure instanceof CompletionException)
            && failure.getCause() instanceof Exception cause
        ? cause
        : failure;
  }

  static boolean isCancellation(@Nullable Exception failure) {
    return failure instanceof InterruptedException
        || failure instanceof CancellationException
        || failure instanceof WasmException wasm
            && wasm.category() == WasmErrorCategory.INTERRUPTED;
  }
}
