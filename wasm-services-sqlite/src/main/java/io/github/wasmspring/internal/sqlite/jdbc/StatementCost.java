package io.github.wasmspring.internal.sqlite.jdbc;

/**
 * What one run of a statement cost.
 *
 * @param steps of SQLite's machine
 * @param scanned rows that were visited by full scans
 * @param sorts that no index had done before
 * @param indexed rows that were put into indexes for this run alone
 * @param nanos it took
 * @param complete whether it came to its end in time; else it would have cost more
 */
public record StatementCost(
    long steps, long scanned, long sorts, long indexed, long nanos, boolean complete) {}
