package io.github.wasmspring.channel;

import io.github.wasmspring.WasmErrorCategory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was given up. Its payload is not kept.
 *
 * @param time when it was given up
 * @param route the route that did
 * @param module the id of the module that did not take it, {@code null} if it was Java
 * @param operation its operation, {@code null} if it was Java
 * @param sender the id of the module that published it, {@code null} if it was Java
 * @param attempts how often it was tried
 * @param category of the last failure
 * @param reason the last failure
 * @param size of the payload, in bytes
 */
public record WasmDeadLetter(
    Instant time,
    String route,
    String topic,
    @Nullable String module,
    @Nullable String operation,
    @Nullable String sender,
    int attempts,
    WasmErrorCategory category,
    String reason,
    int size) {}
