package io.github.wasmspring.pipeline;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A stage as it is run.
 *
 * @param body what it does
 * @param branches that it has in place of a body; none where it has one
 */
record StagePlan(String name, @Nullable Body body, WasmStage<?, ?> said, List<StagePlan> branches) {

  /** What a stage does. */
  interface Body {

    /** On the thread of the caller. */
    StageAnswer run(@Nullable Object value, PipelineExecution run, Timing timing) throws Exception;

    /**
     * On another thread, so that others run beside it; whoever cancels it stops it.
     *
     * @return {@code null} if it can't be
     */
    @Nullable CompletableFuture<StageAnswer> start(
        @Nullable Object value, PipelineExecution run, Timing timing) throws Exception;
  }

  static StagePlan operation(
      String stage,
      WasmModuleManager manager,
      String module,
      String operation,
      Class<?> given,
      Class<?> answer,
      WasmStage<?, ?> said) {
    Class<?> known = said.input == null ? given : null;
    StageChecks.operation(stage, manager, module, operation, known, answer, said);
    StageChecks.skip(stage, said, given, answer);
    return new StagePlan(
        StageChecks.name(stage),
        new OperationBody(manager, module, operation, answer, said),
        said,
        List.of());
  }

  @SuppressWarnings("unchecked") // the stage is given nothing else
  static StagePlan function(
      String stage,
      WasmStageFunction<?, ?> function,
      Class<?> given,
      Class<?> answer,
      WasmStage<?, ?> said,
      @Nullable Executor executor) {
    StageChecks.skip(stage, said, given, answer);
    return new StagePlan(
        StageChecks.name(stage),
        new StageFunction(
            (WasmStageFunction<Object, ?>) function, StageChecks.boxed(answer), executor),
        said,
        List.of());
  }

  static void requireNew(String name, List<StagePlan> plans) {
    if (plans.stream().anyMatch(each -> each.name().equals(name))) {
      throw new IllegalArgumentException(
          "There are two stages '%s'; give one of them another name".formatted(name));
    }
  }
}
