package io.github.wasmspring.pipeline;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a pipeline, as its stages see it. */
public interface WasmPipelineRun {

  /** The name of the pipeline. */
  String pipeline();

  /** How long the run may still take; empty if it may take as long as it likes. */
  Optional<Duration> timeLeft();

  /**
   * What an earlier stage has handed over, {@code null} if that was nothing.
   *
   * @throws NoSuchElementException if no stage of that name has ended, or it has failed
   * @throws ClassCastException if it is of another type
   */
  <V> @Nullable V result(String stage, Class<V> type);
}
