package io.github.wasmspring.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What stages know of a run. Branches on other threads read it while it goes on.
 *
 * @param ended what has become of the stages so far, by their names
 */
record PipelineExecution(String pipeline, Timing timing, Map<String, WasmStageOutcome> ended)
    implements WasmPipelineRun {

  PipelineExecution(String pipeline, Timing timing) {
    this(pipeline, timing, new ConcurrentHashMap<>());
  }

  /** The same run, for a stage that may take less. */
  PipelineExecution within(Timing shorter) {
    return new PipelineExecution(this.pipeline, shorter, this.ended);
  }

  void ended(WasmStageOutcome outcome) {
    this.ended.put(outcome.stage(), outcome);
  }

  @Override
  public Optional<Duration> timeLeft() {
    return Optional.ofNullable(this.timing.left());
  }

  @Override
  public <V> @Nullable V result(String stage, Class<V> type) {
    WasmStageOutcome outcome = this.ended.get(stage);
    if (outcome == null || !outcome.status().goesOn()) {
      throw new NoSuchElementException(
          "Pipeline '%s' has no result of a stage '%s' yet; there are %s"
              .formatted(this.pipeline, stage, this.ended.keySet().stream().sorted().toList()));
    }
    return type.cast(outcome.value());
  }
}
