package io.github.wasmspring.code;

import java.util.Objects;

/**
 * How a text is read.
 *
 * @param goal what the file is
 * @param locations whether JSON has {@code loc} with lines and columns
 * @param comments whether JSON has the comments; a {@link CodeTree} always has them
 */
public record CodeParseOptions(Goal goal, boolean locations, boolean comments) {

  /** What a file is. */
  public enum Goal {
    /** With {@code import} and {@code export}; always strict. */
    MODULE(1 << 2),
    /** A script of a page. */
    SCRIPT(0),
    /** A script of Node, where {@code return} may stand outside of functions. */
    COMMON_JS(1 << 4),
    /** A module of TypeScript that only declares: a file ending in {@code .d.ts}. */
    DECLARATIONS(1 << 2 | 1 << 3);

    private final int bits;

    Goal(int bits) {
      this.bits = bits;
    }
  }

  /** A module; JSON without lines and comments. */
  public static final CodeParseOptions DEFAULTS = new CodeParseOptions(Goal.MODULE, false, false);

  private static final int TYPESCRIPT = 1;
  private static final int ELEMENTS = 1 << 1;
  private static final int LOCATIONS = 1 << 8;
  private static final int COMMENTS = 1 << 9;

  public CodeParseOptions {
    Objects.requireNonNull(goal, "A file has a goal");
  }

  public CodeParseOptions withGoal(Goal other) {
    return new CodeParseOptions(other, this.locations, this.comments);
  }

  public CodeParseOptions withLocations(boolean wanted) {
    return new CodeParseOptions(this.goal, wanted, this.comments);
  }

  public CodeParseOptions withComments(boolean wanted) {
    return new CodeParseOptions(this.goal, this.locations, wanted);
  }

  int bits(CodeLanguage language) {
    int dialect =
        switch (language) {
          case JAVASCRIPT -> 0;
          case JSX -> ELEMENTS;
          case TYPESCRIPT -> TYPESCRIPT;
          case TSX -> TYPESCRIPT | ELEMENTS;
          case JSON, MARKDOWN ->
              throw new CodeException(
                  CodeException.Reason.UNSUPPORTED,
                  "%s has no tree here; give JAVASCRIPT, JSX, TYPESCRIPT or TSX"
                      .formatted(language));
        };
    return dialect
        | this.goal.bits
        | (this.locations ? LOCATIONS : 0)
        | (this.comments ? COMMENTS : 0);
  }
}
