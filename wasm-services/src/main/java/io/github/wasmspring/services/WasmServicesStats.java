package io.github.wasmspring.services;

import io.github.wasmspring.client.WasmStatistics;
import io.github.wasmspring.memory.AgentMemoryStats;
import io.github.wasmspring.vector.VectorIndexStats;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is, and what was done since the services were made.
 *
 * @param enabled whether modules run; else Java answers
 * @param modules of all modules together
 * @param vectors of each index of vectors, by its name
 * @param data of the data processor, {@code null} if nobody has asked for it
 * @param memory of the agent memory, {@code null} if nobody has asked for it
 * @param series how many series of figures the monitor has
 */
public record WasmServicesStats(
    boolean enabled,
    WasmStatistics modules,
    Map<String, VectorIndexStats> vectors,
    @Nullable Data data,
    @Nullable AgentMemoryStats memory,
    int series) {

  public WasmServicesStats {
    vectors = Map.copyOf(vectors);
  }

  /**
   * Stages of pipelines.
   *
   * @param wasm how many the module has run
   * @param java how many Java has run in its place
   */
  public record Data(long wasm, long java) {}
}
