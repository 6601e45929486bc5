package io.github.wasmspring.autoconfigure.pipeline;

import io.github.wasmspring.pipeline.WasmPipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The pipelines that properties declare. */
public final class WasmPipelines {

  private final Map<String, WasmPipeline<?, Object>> pipelines;

  WasmPipelines(Map<String, WasmPipeline<?, Object>> pipelines) {
    this.pipelines = new LinkedHashMap<>(pipelines);
  }

  public Set<String> names() {
    return Set.copyOf(this.pipelines.keySet());
  }

  /**
   * A pipeline that is given what the properties say ({@code input}): a {@code String}, {@code
   * byte[]}, {@code Number} or anything.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is given something else
   */
  @SuppressWarnings("unchecked") // that is checked here
  public <I> WasmPipeline<I, Object> get(String name, Class<I> input) {
    WasmPipeline<?, Object> pipeline = this.pipelines.get(name);
    if (pipeline == null) {
      throw new IllegalArgumentException(
          "There is no pipeline '%s' (wasm.pipelines.%s); there are %s"
              .formatted(name, name, this.pipelines.keySet()));
    }
    if (pipeline.input() != input) {
      throw new IllegalArgumentException(
          "The pipeline '%s' is given a %s and not a %s; see wasm.pipelines.%s.input"
              .formatted(name, pipeline.input().getSimpleName(), input.getSimpleName(), name));
    }
    return (WasmPipeline<I, Object>) pipeline;
  }
}
