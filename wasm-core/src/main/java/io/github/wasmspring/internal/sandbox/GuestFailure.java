package io.github.wasmspring.internal.sandbox;

import java.util.List;

/**
 * Where in a guest a failure arose.
 *
 * @param functions what it came through, the innermost first; empty if that is not known
 * @param trace the same among the methods of the host
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, and compared by nobody
public record GuestFailure(List<GuestFrame> functions, StackTraceElement[] trace) {}
