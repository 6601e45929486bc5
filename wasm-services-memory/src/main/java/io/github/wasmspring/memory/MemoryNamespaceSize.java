package io.github.wasmspring.memory;

/**
 * What a namespace has, as its quotas count it.
 *
 * @param name of the namespace
 * @param entries keys, those among them whose entries have expired and are not yet deleted
 * @param bytes keys, tags, values as they are stored and vectors, of all versions that are kept
 */
public record MemoryNamespaceSize(String name, long entries, long bytes) {}
