package io.github.wasmspring.actor;

/**
 * What the actors do together.
 *
 * @param actors how many there are
 * @param live instances of modules that actors have
 * @param hibernated actors whose instance has been put away
 * @param storedBytes what these take, in bytes
 * @param waiting messages that wait
 * @param messages that were dealt with
 * @param failures messages that failed
 * @param restarts of actors
 * @param deadLetters messages that nobody has dealt with
 * @param hibernations how often an instance was put away
 * @param wakes how often one came back
 */
public record WasmActorsStats(
    long actors,
    long live,
    long hibernated,
    long storedBytes,
    long waiting,
    long messages,
    long failures,
    long restarts,
    long deadLetters,
    long hibernations,
    long wakes) {}
