package io.github.wasmspring.sqlite.tools;

/**
 * A {@link QueryCache} as it is now.
 *
 * @param hits answers that came from the cache
 * @param misses answers that the database gave, whether they were kept or not
 * @param outdated answers that were thrown away since a table had been written
 * @param bypassed queries that did not look: in a transaction that writes, or with values or
 *     statements that can't be kept
 * @param entries that are kept
 */
public record QueryCacheStats(long hits, long misses, long outdated, long bypassed, long entries) {}
