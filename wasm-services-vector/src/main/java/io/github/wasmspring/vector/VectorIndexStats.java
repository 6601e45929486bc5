package io.github.wasmspring.vector;

/**
 * An index as it is now; what is counted counts since it was made.
 *
 * @param vectors how many documents there are
 * @param copies how many instances of the module have them now; fewer than the settings say while
 *     one is made again, or where only Java answers
 * @param guestBytes the memories of these instances
 * @param javaBytes about what the vectors take on the heap, without ids, texts and metadata
 * @param wasmSearches how many searches a module has answered
 * @param javaSearches how many Java has answered
 * @param lostCopies how many instances broke down, or were taken away
 */
public record VectorIndexStats(
    int vectors,
    int copies,
    long guestBytes,
    long javaBytes,
    long wasmSearches,
    long javaSearches,
    long lostCopies) {}
