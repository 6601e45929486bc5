package io.github.wasmspring.benchmarks.compare;

import java.util.Set;

/** An engine as the comparison sees it; all answers are checked before anything is timed. */
public interface Contender extends AutoCloseable {

  /** The names in the comparison, for those that {@link java.util.ServiceLoader} finds. */
  default Set<String> names() {
    return Set.of();
  }

  /**
   * A task that is timed on one thread, for the cases {@code kernel}, {@code call} and {@code
   * instantiate}.
   */
  Task task(String name);

  /** The task of one of many callers; checks every answer. */
  Task caller();

  /** A new instance, for as long as it is not closed, that has answered once. */
  AutoCloseable instance(String module);

  /** Loads a module and calls it for the first time. */
  void firstCall(String module);

  @Override
  default void close() {}
}
