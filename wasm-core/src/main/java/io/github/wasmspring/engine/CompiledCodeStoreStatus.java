package io.github.wasmspring.engine;

import org.jspecify.annotations.Nullable;

/**
 * The compiled code on disk. What is counted is what this process did since it started.
 *
 * @param directory where it is
 * @param problem why the directory is not used, {@code null} if it is
 * @param entries how many files there are, whichever process wrote them
 * @param bytes how many bytes they have
 * @param maxBytes how many bytes they may have
 * @param hits how often code was found
 * @param misses how often none was found, or none that could be used
 * @param evictions how many files made room for others
 * @param failures how many files were damaged, and how often reading or writing failed
 */
public record CompiledCodeStoreStatus(
    String directory,
    @Nullable String problem,
    long entries,
    long bytes,
    long maxBytes,
    long hits,
    long misses,
    long evictions,
    long failures) {}
