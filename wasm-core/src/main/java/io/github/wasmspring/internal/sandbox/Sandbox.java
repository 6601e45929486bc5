package io.github.wasmspring.internal.sandbox;

/**
 * What holds all guests of a runtime.
 *
 * @param watchdog to their time
 * @param budget to their memory
 */
public record Sandbox(CallWatchdog watchdog, MemoryBudget budget) {}
