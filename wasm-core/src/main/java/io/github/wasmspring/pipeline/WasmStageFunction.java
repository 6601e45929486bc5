package io.github.wasmspring.pipeline;

import org.jspecify.annotations.Nullable;

/** What a stage does in Java. */
@FunctionalInterface
public interface WasmStageFunction<T, U extends @Nullable Object> {

  /**
   * @param value what the stage before has handed over
   * @param run what the run knows; long work asks it for the time that is left
   */
  U apply(T value, WasmPipelineRun run) throws Exception;
}
