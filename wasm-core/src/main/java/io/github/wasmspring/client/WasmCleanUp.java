package io.github.wasmspring.client;

/**
 * What was let go of that nobody used.
 *
 * @param instances how many idle instances were thrown away
 * @param memory the bytes of the memory budget that became free
 * @param code how many modules' compiled code the cache in the heap has forgotten
 */
public record WasmCleanUp(long instances, long memory, long code) {}
