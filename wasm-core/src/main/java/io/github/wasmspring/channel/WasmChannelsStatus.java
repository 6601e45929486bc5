package io.github.wasmspring.channel;

import java.util.List;

/**
 * The channels as they are now.
 *
 * @param routes in the order in which they were added
 * @param unrouted messages whose topic no route has
 * @param refused messages that guests may not publish, or that were malformed, too large or of too
 *     many hops
 * @param deadLetters the youngest ones, youngest first
 */
public record WasmChannelsStatus(
    List<WasmRouteStatus> routes, long unrouted, long refused, List<WasmDeadLetter> deadLetters) {}
