package io.github.wasmspring.monitor;

/** What is bad about a figure. */
public enum WorseWhen {
  /** Larger figures are worse, as durations are. */
  GREATER,
  /** Smaller figures are worse, as throughput is. */
  SMALLER
}
