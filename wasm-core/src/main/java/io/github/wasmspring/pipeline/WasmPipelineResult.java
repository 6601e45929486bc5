package io.github.wasmspring.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run. One that has failed has the results of the stages before.
 *
 * @param stages in their order, branches after the stage that they belong to
 * @param duration of all of it
 * @param failure what ended it, {@code null} if it went to its end
 */
public record WasmPipelineResult<O extends @Nullable Object>(
    String pipeline,
    @Nullable Object last,
    List<WasmStageOutcome> stages,
    Duration duration,
    @Nullable WasmPipelineException failure) {

  public WasmPipelineResult {
    stages = List.copyOf(stages);
  }

  /** Whether it went to its end. */
  public boolean completed() {
    return this.failure == null;
  }

  /**
   * What the last stage has handed over.
   *
   * @throws WasmPipelineException if it did not come to that
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // the builder has checked it stage by stage
  public O value() {
    if (this.failure != null) {
      throw this.failure;
    }
    return (O) this.last;
  }

  /** What became of a stage; empty if there is none of that name. */
  public Optional<WasmStageOutcome> stage(String name) {
    return this.stages.stream().filter(each -> each.stage().equals(name)).findFirst();
  }
}
