package io.github.wasmspring.pool;

import io.github.wasmspring.sandbox.MemoryStats;

/**
 * Figures of a pool.
 *
 * @param max how many instances there may be
 * @param inUse how many are with a borrower
 * @param idle how many wait for one
 * @param waiting how many callers wait, about
 * @param created how many were made, ever
 * @param discarded how many were thrown away, ever
 * @param reclaimed how many of these were taken away from sessions, ever
 * @param rejected how many callers got none in time, ever
 * @param idleMemory the bytes of linear memory of those that are idle
 * @param memory the linear memory of all of them
 * @param threads how many threads of guests run at the moment, besides those of their callers
 */
public record PoolStats(
    int max,
    int inUse,
    int idle,
    int waiting,
    long created,
    long discarded,
    long reclaimed,
    long rejected,
    long idleMemory,
    MemoryStats memory,
    int threads) {

  /** Of a module that is not loaded. */
  public static final PoolStats EMPTY =
      new PoolStats(0, 0, 0, 0, 0, 0, 0, 0, 0, MemoryStats.NONE, 0);
}
