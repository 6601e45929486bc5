package io.github.wasmspring.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Code could not be worked on. The message says what was done with which text, and what to do. */
public final class CodeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public enum Reason {
    /** The text has errors of syntax; {@link #problems} has them. */
    SYNTAX,
    /** What is asked for does not exist, or not for that language. */
    UNSUPPORTED,
    /** The text or the result is larger than the settings allow. */
    TOO_LARGE,
    /** Code that was run has thrown. */
    THROWN,
    /** Code that was run, or the work on a text, needed more than the limits allow. */
    LIMIT,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  private final Reason reason;
  private final transient List<CodeProblem> problems;
  private final transient @Nullable CodeThrown thrown;
  private final transient List<CodeConsoleLine> console;

  CodeException(
      Reason reason, String message, List<CodeProblem> problems, @Nullable Throwable cause) {
    this(reason, message, problems, null, List.of(), cause);
  }

  CodeException(
      Reason reason,
      String message,
      List<CodeProblem> problems,
      @Nullable CodeThrown thrown,
      List<CodeConsoleLine> console,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.problems = List.copyOf(problems);
    this.thrown = thrown;
    this.console = List.copyOf(console);
  }

  CodeException(Reason reason, String message) {
    this(reason, message, List.of(), null);
  }

  public Reason reason() {
    return this.reason;
  }

  /** What is wrong with the text, in its order; may be empty. */
  public List<CodeProblem> problems() {
    return this.problems == null ? List.of() : this.problems;
  }

  /** What code that was run has thrown, {@code null} if it has not. */
  public @Nullable CodeThrown thrown() {
    return this.thrown;
  }

  /** What code that was run had written before. */
  public List<CodeConsoleLine> console() {
    return this.console == null ? List.of() : this.console;
  }
}
