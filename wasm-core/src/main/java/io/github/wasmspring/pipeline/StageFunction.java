package io.github.wasmspring.pipeline;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A stage that Java does.
 *
 * @param answer what it is declared to answer with, no primitive type
 * @param executor runs it beside others, {@code null} to run it where the pipeline runs
 */
record StageFunction(
    WasmStageFunction<Object, ?> function, Class<?> answer, @Nullable Executor executor)
    implements StagePlan.Body {

  @Override
  public StageAnswer run(@Nullable Object value, PipelineExecution run, Timing timing)
      throws Exception {
    Object given = Objects.requireNonNull(value, "The stage before has handed over nothing");
    ThreadAlarm alarm = ThreadAlarm.at(timing);
    try {
      Object made = this.function.apply(given, run.within(timing));
      if (made != null && !this.answer.isInstance(made)) {
        throw new ClassCastException(
            "it answers with a %s, and is declared to answer with a %s"
                .formatted(made.getClass().getName(), this.answer.getName()));
      }
      if (alarm.end()) {
        throw new TimeoutException("its time was over");
      }
      return new StageAnswer(made, null);
    } catch (Exception failure) {
      if (alarm.end() && !(failure instanceof TimeoutException)) {
        TimeoutException late = new TimeoutException("its time was over");
        late.initCause(failure);
        throw late;
      }
      throw failure;
    } finally {
      alarm.end();
    }
  }

  @Override
  public @Nullable CompletableFuture<StageAnswer> start(
      @Nullable Object value, PipelineExecution run, Timing timing) {
    return this.executor == null
        ? null
        : StoppableTask.start(this.executor, () -> run(value, run, timing));
  }
}
