package io.github.wasmspring.dashboard.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Whether the application's security keeps strangers away from the dashboard.
 *
 * @param detail what it let through, or why nobody knows; {@code null} if there is nothing to say
 */
record SecurityVerdict(State state, @Nullable String detail) {

  enum State {
    /** There is no Spring Security, or it is switched off. */
    ABSENT,
    /** Who has not signed in gets nowhere. */
    CLOSED,
    /** Who has not signed in is let through. */
    PERMITS,
    /** It could not be found out. */
    UNKNOWN
  }

  static final SecurityVerdict ABSENT = new SecurityVerdict(State.ABSENT, null);
  static final SecurityVerdict CLOSED = new SecurityVerdict(State.CLOSED, null);

  /** Asks the application's security. */
  @FunctionalInterface
  interface Source {

    /**
     * @param path of the dashboard within the application
     */
    SecurityVerdict of(String path);
  }
}
