package io.github.wasmspring.internal.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a run.
 *
 * @param json of the value; {@code null} if that is bytes or undefined, or there is none
 * @param problem what went wrong, {@code null} if nothing did
 * @param console what the code has written
 * @param isConsoleCut whether it has written more
 * @param memory bytes that were allocated when it ended, beyond what the instance begins with
 */
public record QuickJsAnswer(
    @Nullable String json,
    byte @Nullable [] bytes,
    @Nullable Problem problem,
    List<Line> console,
    boolean isConsoleCut,
    long memory) {

  /** Why there is no value. */
  public enum Kind {
    SYNTAX,
    THROWN,
    TIME,
    MEMORY,
    STACK,
    OUTPUT,
    /** It waits for a promise that nothing settles. */
    UNSETTLED
  }

  /**
   * @param name of the class of the error, empty if it is none
   * @param stack as QuickJS writes it, may be empty
   * @param cause what a Java function has thrown meanwhile, {@code null} for nothing
   */
  public record Problem(
      Kind kind, String name, String message, String stack, @Nullable Throwable cause) {

    static Problem of(Kind kind) {
      return new Problem(kind, "", "", "", null);
    }
  }

  /**
   * @param level DEBUG, INFO, WARN or ERROR
   */
  public record Line(String level, String text) {}
}
