package io.github.wasmspring.monitor;

import java.time.Instant;

/** A figure that was far from the others. */
public record FigureOutlier(Instant at, double value) {}
