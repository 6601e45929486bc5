package io.github.wasmspring.pipeline;

import io.github.wasmspring.pipeline.WasmPipelineException.Reason;
import io.github.wasmspring.pipeline.WasmStageOutcome.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs stage after stage, until one fails for good. */
final class PipelineRunner {

  private final PipelineExecution run;
  private final StageRunner stages;
  private final Consumer<WasmStageOutcome> listener;
  private final List<WasmStageOutcome> outcomes = new ArrayList<>();
  private @Nullable WasmPipelineException failure;

  PipelineRunner(String pipeline, Timing timing, Consumer<WasmStageOutcome> listener) {
    this.run = new PipelineExecution(pipeline, timing);
    this.stages = new StageRunner(this.run);
    this.listener = listener;
  }

  static WasmStageOutcome notRun(String stage) {
    return new WasmStageOutcome(stage, Status.NOT_RUN, null, Duration.ZERO, null, null);
  }

  <O extends @Nullable Object> WasmPipelineResult<O> run(List<StagePlan> plans, Object input) {
    long start = System.nanoTime();
    Object value = input;
    for (StagePlan plan : plans) {
      String name = plan.name();
      if (this.failure == null) {
        this.failure = ended(name);
      }
      if (this.failure != null) {
        this.outcomes.add(notRun(name));
        plan.branches().forEach(each -> this.outcomes.add(notRun(name + "." + each.name())));
        continue;
      }
      WasmStageOutcome outcome = run(plan, value);
      if (outcome.status().goesOn()) {
        value = outcome.value();
      } else {
        this.failure = failure(outcome);
      }
    }
    return new WasmPipelineResult<>(
        this.run.pipeline(),
        this.failure == null ? value : null,
        this.outcomes,
        Duration.ofNanos(System.nanoTime() - start),
        this.failure);
  }

  private WasmStageOutcome run(StagePlan plan, @Nullable Object value) {
    List<WasmStageOutcome> ended =
        plan.branches().isEmpty()
            ? List.of(this.stages.run(plan.name(), plan, value))
            : branches(plan, value);
    ended.forEach(
        outcome -> {
          this.outcomes.add(outcome);
          this.run.ended(outcome);
          this.listener.accept(outcome);
        });
    return ended.get(0);
  }

  private List<WasmStageOutcome> branches(StagePlan plan, @Nullable Object value) {
    return value == null
        ? List.of(
            this.stages.failed(
                plan.name(),
                plan,
                null,
                new NullPointerException("the stage before has handed over nothing"),
                System.nanoTime()))
        : new BranchRunner(this.stages, plan, value, this.run).run();
  }

  /** Whether nothing more may begin. */
  private @Nullable WasmPipelineException ended(String stage) {
    if (Thread.currentThread().isInterrupted()) {
      return failure(stage, Reason.CANCELLED, "it was cancelled before this stage", null);
    }
    return this.run.timing().isOver()
        ? failure(stage, Reason.DEADLINE, "its time was over before this stage", null)
        : null;
  }

  private WasmPipelineException failure(WasmStageOutcome outcome) {
    Exception cause = Objects.requireNonNull(outcome.failure());
    if (StageRunner.isCancellation(cause)) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return failure(outcome.stage(), Reason.CANCELLED, "it was cancelled", cause);
    }
    return this.run.timing().isOver()
        ? failure(outcome.stage(), Reason.DEADLINE, "its time was over in this stage", cause)
        : failure(
            outcome.stage(),
            Reason.STAGE_FAILED,
            Objects.requireNonNullElse(cause.getMessage(), cause.toString()),
            cause);
  }

  private WasmPipelineException failure(
      String stage, Reason reason, String detail, @Nullable Throwable cause) {
    return new WasmPipelineException(this.run.pipeline(), stage, reason, detail, cause);
  }
}
