package io.github.wasmspring.pipeline;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a stage, which are all given the same.
 *
 * @param <T> what that is
 */
public final class WasmBranches<T> {

  private final WasmModuleManager manager;
  private final Class<?> given;
  private final @Nullable Executor executor;
  private final List<StagePlan> plans = new ArrayList<>();

  WasmBranches(WasmModuleManager manager, Class<?> given, @Nullable Executor executor) {
    this.manager = manager;
    this.given = given;
    this.executor = executor;
  }

  List<StagePlan> plans() {
    return this.plans;
  }

  /** A branch that calls a module, beside the others. */
  public <U> WasmBranches<T> operation(
      String branch, String module, String operation, Class<U> answer) {
    return operation(branch, module, operation, answer, said -> {});
  }

  /** The same with more to be said. */
  public <U> WasmBranches<T> operation(
      String branch,
      String module,
      String operation,
      Class<U> answer,
      Consumer<WasmStage<T, U>> more) {
    WasmStage<T, U> said = new WasmStage<>();
    more.accept(said);
    return add(
        StagePlan.operation(branch, this.manager, module, operation, this.given, answer, said));
  }

  /** A branch that Java does: beside the others if the pipeline has an executor. */
  public <U> WasmBranches<T> function(
      String branch, Class<U> answer, WasmStageFunction<? super T, ? extends U> function) {
    return function(branch, answer, function, said -> {});
  }

  /** The same with more to be said. */
  public <U> WasmBranches<T> function(
      String branch,
      Class<U> answer,
      WasmStageFunction<? super T, ? extends U> function,
      Consumer<WasmStage<T, U>> more) {
    WasmStage<T, U> said = new WasmStage<>();
    more.accept(said);
    return add(StagePlan.function(branch, function, this.given, answer, said, this.executor));
  }

  private WasmBranches<T> add(StagePlan plan) {
    StagePlan.requireNew(plan.name(), this.plans);
    this.plans.add(plan);
    return this;
  }
}
