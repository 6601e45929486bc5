package io.github.wasmspring.pipeline;

import io.github.wasmspring.client.WasmModuleManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the stages of a pipeline. What does not fit is refused at once: names that are there
 * already, modules that are not, types and options that an operation does not have.
 *
 * @param <I> what the pipeline is given
 * @param <T> what the last stage so far hands over
 */
public final class WasmPipelineBuilder<I, T> {

  private final String name;
  private final WasmModuleManager manager;
  private final Class<I> input;
  private final List<StagePlan> plans = new ArrayList<>();
  private Class<?> given;
  private @Nullable Duration timeout;
  private @Nullable Executor executor;
  private Consumer<WasmStageOutcome> listener = outcome -> {};

  WasmPipelineBuilder(String name, WasmModuleManager manager, Class<I> input) {
    this.name = StageChecks.name(name);
    this.manager = manager;
    this.input = input;
    this.given = input;
  }

  /**
   * How long a run may take, all stages together. What runs then is stopped: guests, and Java
   * functions that heed an interrupt.
   */
  public WasmPipelineBuilder<I, T> timeout(Duration longest) {
    if (longest.isZero() || longest.isNegative()) {
      throw new IllegalArgumentException("A timeout must be positive, not " + longest);
    }
    this.timeout = longest;
    return this;
  }

  /**
   * Runs what is asked for with {@link WasmPipeline#runAsync}, and the Java functions of branches;
   * to be said before these. Without one the former has a thread for each run, and the latter run
   * one after the other.
   */
  public WasmPipelineBuilder<I, T> executor(Executor threads) {
    this.executor = threads;
    return this;
  }

  /** Told of each stage that has ended, on the thread of the run; must be quick and not throw. */
  public WasmPipelineBuilder<I, T> listener(Consumer<WasmStageOutcome> told) {
    this.listener = told;
    return this;
  }

  /** A stage that calls a module with what the one before has handed over. */
  public <U> WasmPipelineBuilder<I, U> operation(
      String stage, String module, String operation, Class<U> answer) {
    return operation(stage, module, operation, answer, said -> {});
  }

  /** The same with more to be said. */
  public <U> WasmPipelineBuilder<I, U> operation(
      String stage,
      String module,
      String operation,
      Class<U> answer,
      Consumer<WasmStage<T, U>> more) {
    WasmStage<T, U> said = new WasmStage<>();
    more.accept(said);
    return add(
        StagePlan.operation(stage, this.manager, module, operation, this.given, answer, said),
        answer);
  }

  /** A stage that Java does. */
  public <U> WasmPipelineBuilder<I, U> function(
      String stage, Class<U> answer, WasmStageFunction<? super T, ? extends U> function) {
    return function(stage, answer, function, said -> {});
  }

  /** The same with more to be said. */
  public <U> WasmPipelineBuilder<I, U> function(
      String stage,
      Class<U> answer,
      WasmStageFunction<? super T, ? extends U> function,
      Consumer<WasmStage<T, U>> more) {
    WasmStage<T, U> said = new WasmStage<>();
    more.accept(said);
    return add(StagePlan.function(stage, function, this.given, answer, said, null), answer);
  }

  /**
   * A stage of branches that run beside each other. It hands over what they do, by their names and
   * in their order.
   */
  @SuppressWarnings("unchecked") // there is no class of a map with arguments
  public WasmPipelineBuilder<I, Map<String, Object>> parallel(
      String stage, Consumer<WasmBranches<T>> branches) {
    WasmBranches<T> collected = new WasmBranches<>(this.manager, this.given, this.executor);
    branches.accept(collected);
    if (collected.plans().isEmpty()) {
      throw new IllegalArgumentException("The stage '%s' has no branch".formatted(stage));
    }
    StagePlan plan =
        new StagePlan(
            StageChecks.name(stage), null, new WasmStage<>(), List.copyOf(collected.plans()));
    return add(plan, (Class<Map<String, Object>>) (Class<?>) Map.class);
  }

  @SuppressWarnings("unchecked") // the same builder, which knows of one stage more
  private <U> WasmPipelineBuilder<I, U> add(StagePlan plan, Class<U> answer) {
    StagePlan.requireNew(plan.name(), this.plans);
    this.plans.add(plan);
    this.given = answer;
    return (WasmPipelineBuilder<I, U>) this;
  }

  /**
   * @throws IllegalArgumentException if there is no stage
   */
  public WasmPipeline<I, T> build() {
    if (this.plans.isEmpty()) {
      throw new IllegalArgumentException("The pipeline '%s' has no stage".formatted(this.name));
    }
    return new WasmPipeline<>(
        this.name, this.input, this.plans, this.timeout, this.executor, this.listener);
  }
}
