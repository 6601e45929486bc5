package io.github.wasmspring.memory;

/**
 * An entry that was found by its vector.
 *
 * @param score as the metric of the index has it, by default the cosine; the higher, the nearer
 */
public record SimilarMemory(StoredMemory memory, float score) {}
