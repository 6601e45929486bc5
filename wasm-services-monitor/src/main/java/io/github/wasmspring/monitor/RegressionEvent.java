package io.github.wasmspring.monitor;

import java.time.Instant;

/**
 * A series has become worse, or is as good as before again. Told once, and not on every figure.
 *
 * @param found whether it has become worse; {@code false} if that is over
 * @param status what was seen: when it was found, or the last of it when it is over
 */
public record RegressionEvent(String series, boolean found, Instant at, RegressionStatus status) {}
