package io.github.wasmspring.code;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Something in a text that is wrong, or that somebody should look at.
 *
 * @param code stable, in lower case with dashes, to look it up by
 * @param line from 1
 * @param column in chars, from 1
 * @param fixes edits that mend it, of one way to do so; empty where none is known
 */
public record CodeProblem(
    Severity severity,
    String code,
    String message,
    CodeRange range,
    int line,
    int column,
    List<CodeEdit> fixes) {

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING,
    INFO
  }

  public CodeProblem {
    Objects.requireNonNull(severity, "A problem has a severity");
    Objects.requireNonNull(range, "A problem has a range");
    fixes = List.copyOf(fixes);
  }

  /** As compilers write it: {@code 3:14 error: A string has no end [unterminated-string]}. */
  @Override
  public String toString() {
    return "%d:%d %s: %s [%s]"
        .formatted(
            this.line,
            this.column,
            this.severity.name().toLowerCase(Locale.ROOT),
            this.message,
            this.code);
  }
}
