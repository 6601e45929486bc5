package io.github.wasmspring.work;

import java.util.List;

/**
 * Calls that answer later, as they are now.
 *
 * @param running how many have a thread
 * @param queued how many wait for one
 * @param rejected how many were turned away so far because a queue was full
 * @param cancelled how many were given up so far before they had an answer
 * @param tasks the first of them, those with a thread before those without and else in the order in
 *     which they were called
 */
public record WasmTasks(
    int running, int queued, long rejected, long cancelled, List<WasmTask> tasks) {}
