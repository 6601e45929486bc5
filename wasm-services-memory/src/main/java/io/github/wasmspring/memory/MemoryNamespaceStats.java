package io.github.wasmspring.memory;

/**
 * A namespace as it is now.
 *
 * @param entries keys whose entries have not expired
 * @param versions versions of entries in the database, those that have expired and are not yet
 *     deleted among them
 * @param bytes what they take of the quota: keys, tags, values as they are stored, vectors
 * @param vectors how many entries the index for similarity has, 0 while there is no index
 */
public record MemoryNamespaceStats(long entries, long versions, long bytes, int vectors) {}
