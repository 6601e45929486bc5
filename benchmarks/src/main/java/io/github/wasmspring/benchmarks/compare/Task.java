package io.github.wasmspring.benchmarks.compare;

/** What is timed. */
@FunctionalInterface
public interface Task {

  /**
   * Does it once.
   *
   * @param previous what the time before returned, so that no call can be left out or moved
   * @return a number that only the answer gives
   */
  long run(long previous);
}
