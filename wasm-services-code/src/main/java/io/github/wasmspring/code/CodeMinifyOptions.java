package io.github.wasmspring.code;

import java.util.Objects;

/**
 * How code is made short.
 *
 * @param goal what the file is; the names at the top of a script are seen by others and stay
 * @param keepNames whether all names stay, so that {@code name} of functions and classes does too
 */
public record CodeMinifyOptions(CodeParseOptions.Goal goal, boolean keepNames) {

  /** A module whose names become short. */
  public static final CodeMinifyOptions DEFAULTS =
      new CodeMinifyOptions(CodeParseOptions.Goal.MODULE, false);

  public CodeMinifyOptions {
    Objects.requireNonNull(goal, "A file has a goal");
  }

  public CodeMinifyOptions withGoal(CodeParseOptions.Goal other) {
    return new CodeMinifyOptions(other, this.keepNames);
  }

  public CodeMinifyOptions withKeepNames(boolean kept) {
    return new CodeMinifyOptions(this.goal, kept);
  }
}
