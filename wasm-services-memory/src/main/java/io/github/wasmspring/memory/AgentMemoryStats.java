package io.github.wasmspring.memory;

import java.time.Duration;

/**
 * What has been done since the memory was opened.
 *
 * @param writes changes that were committed
 * @param commits transactions that they went in; fewer, as those that wait share one
 * @param reads queries that were answered
 * @param purged versions of entries that were deleted because they had expired
 * @param refused writes that a quota had no room for
 * @param conflicts writes that found another version than they expected
 * @param clockAhead how far the time by which entries expire is before the clock, since that was
 *     set back
 */
public record AgentMemoryStats(
    long writes,
    long commits,
    long reads,
    long purged,
    long refused,
    long conflicts,
    Duration clockAhead) {}
