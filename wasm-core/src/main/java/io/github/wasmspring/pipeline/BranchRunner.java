package io.github.wasmspring.pipeline;

import io.github.wasmspring.pipeline.WasmStageOutcome.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the branches of a stage: those that can on other threads, and meanwhile the others one after
 * the other on this one. The first that fails for good ends the rest.
 */
final class BranchRunner {

  private final StageRunner stages;
  private final StagePlan plan;
  private final Object value;
  private final PipelineExecution run;
  private final Map<StagePlan, Started> started = new LinkedHashMap<>();
  private final Map<StagePlan, WasmStageOutcome> outcomes = new LinkedHashMap<>();

  private record Started(CompletableFuture<StageAnswer> answer, long start) {}

  BranchRunner(StageRunner stages, StagePlan plan, Object value, PipelineExecution run) {
    this.stages = stages;
    this.plan = plan;
    this.value = value;
    this.run = run;
  }

  /**
   * @return what became of the stage, then of its branches, in their order
   */
  List<WasmStageOutcome> run() {
    long start = System.nanoTime();
    WasmStageOutcome broken = null;
    try {
      for (StagePlan branch : this.plan.branches()) {
        start(branch);
      }
      for (StagePlan branch : this.plan.branches()) {
        if (broken == null && !this.started.containsKey(branch)) {
          broken = broken(ended(branch, this.outcomes.containsKey(branch) ? null : here(branch)));
        }
      }
      for (Map.Entry<StagePlan, Started> each : this.started.entrySet()) {
        if (broken == null) {
          broken = broken(ended(each.getKey(), await(each.getKey(), each.getValue())));
        }
      }
    } finally {
      this.started.values().forEach(each -> each.answer().cancel(true));
    }
    return all(broken, Duration.ofNanos(System.nanoTime() - start));
  }

  private String name(StagePlan branch) {
    return this.plan.name() + "." + branch.name();
  }

  private void start(StagePlan branch) {
    long start = System.nanoTime();
    try {
      StagePlan.Body body = branch.body();
      CompletableFuture<StageAnswer> answer =
          body == null ? null : body.start(this.value, this.run, this.stages.timing(branch));
      if (answer != null) {
        this.started.put(branch, new Started(answer, start));
      }
    } catch (Exception failure) {
      this.outcomes.put(
          branch, this.stages.failed(name(branch), branch, this.value, failure, start));
    }
  }

  private WasmStageOutcome here(StagePlan branch) {
    return this.stages.run(name(branch), branch, this.value);
  }

  private WasmStageOutcome await(StagePlan branch, Started each) {
    try {
      Duration left = this.stages.timing(branch).left();
      StageAnswer answer =
          left == null
              ? each.answer().get()
              : each.answer().get(left.toNanos(), TimeUnit.NANOSECONDS);
      return StageRunner.done(name(branch), answer, each.start());
    } catch (Exception failure) {
      return this.stages.failed(name(branch), branch, this.value, failure, each.start());
    }
  }

  private WasmStageOutcome ended(StagePlan branch, @Nullable WasmStageOutcome outcome) {
    WasmStageOutcome known = outcome == null ? this.outcomes.get(branch) : outcome;
    if (known == null) {
      throw new IllegalStateException("A branch has no outcome");
    }
    this.outcomes.put(branch, known);
    return known;
  }

  private static @Nullable WasmStageOutcome broken(WasmStageOutcome outcome) {
    return outcome.status().goesOn() ? null : outcome;
  }

  private List<WasmStageOutcome> all(@Nullable WasmStageOutcome broken, Duration duration) {
    List<WasmStageOutcome> all = new ArrayList<>();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (StagePlan branch : this.plan.branches()) {
      WasmStageOutcome outcome = this.outcomes.get(branch);
      if (outcome == null) {
        outcome = PipelineRunner.notRun(name(branch));
      }
      all.add(outcome);
      values.put(branch.name(), outcome.value());
    }
    all.add(
        0,
        new WasmStageOutcome(
            this.plan.name(),
            broken == null ? Status.DONE : Status.FAILED,
            broken == null ? Collections.unmodifiableMap(values) : null,
            duration,
            null,
            broken == null ? null : broken.failure()));
    return all;
  }
}
