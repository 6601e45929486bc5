package io.github.wasmspring.channel;

import org.jspecify.annotations.Nullable;

/**
 * A route as it is now. Every message that was sent to it is in exactly one of {@code delivered},
 * {@code dead}, {@code rejected}, {@code dropped}, {@code queued} and {@code running}.
 *
 * @param topics the pattern of its topics
 * @param module the id of the module that gets the messages, {@code null} for Java
 * @param operation its operation, {@code null} for Java
 * @param sent messages whose topic it has
 * @param delivered messages that the module or its Java fallback has taken
 * @param retried attempts beyond the first ones
 * @param dead messages that were given up
 * @param rejected messages that were refused as there was no room
 * @param dropped messages that made room for younger ones
 * @param queued messages that wait
 * @param queuedBytes their payload
 * @param running messages that are being delivered, or are about to be tried again
 */
public record WasmRouteStatus(
    String name,
    String topics,
    @Nullable String module,
    @Nullable String operation,
    @Nullable String replyTo,
    WasmRouteSettings settings,
    long sent,
    long delivered,
    long retried,
    long dead,
    long rejected,
    long dropped,
    int queued,
    long queuedBytes,
    int running) {}
