package io.github.wasmspring.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmSeverity;
import java.util.Map;

/**
 * All modules together, as they are now; what is counted counts since the start.
 *
 * @param modules how many there are, by id
 * @param versions how many there are, each version for itself
 * @param states how many versions are in each state; states without any are left out
 * @param calls of all of them
 * @param errors failures by category, those that a fallback hid included
 * @param severities the same by severity
 * @param instances of all pools
 * @param memory the bytes that all instances have together
 * @param budget the bytes that they may have together
 * @param cache the compiled code in the heap
 */
public record WasmStatistics(
    long modules,
    long versions,
    Map<WasmModuleState, Long> states,
    WasmModuleStatus.Calls calls,
    Map<WasmErrorCategory, Long> errors,
    Map<WasmSeverity, Long> severities,
    Instances instances,
    long memory,
    long budget,
    Cache cache) {

  /**
   * Instances.
   *
   * @param inUse how many are with a borrower
   * @param idle how many wait for one
   * @param waiting how many callers wait, about
   * @param created how many were made by the pools that there are
   * @param discarded how many of these were thrown away
   * @param rejected how many callers got none in time
   */
  public record Instances(
      long inUse, long idle, long waiting, long created, long discarded, long rejected) {}

  /**
   * Compiled code.
   *
   * @param modules how many modules it holds the code of
   * @param bytes that it takes, about
   * @param hits look-ups that found code
   * @param misses look-ups that found none
   * @param evictions how many modules had to make room for others
   */
  public record Cache(long modules, long bytes, long hits, long misses, long evictions) {}

  /** The part of the answers that modules gave, from 0 to 1; 1 if there was none. */
  public double wasmShare() {
    long answered = this.calls.wasm() + this.calls.fallback() + this.calls.java();
    return answered == 0 ? 1 : this.calls.wasm() / (double) answered;
  }
}
