package io.github.wasmspring.code;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.code.CodeException.Reason;
import io.github.wasmspring.internal.code.QuickJsAnswer;
import io.github.wasmspring.internal.code.QuickJsAnswer.Problem;
import io.github.wasmspring.internal.code.QuickJsProgram;
import java.time.Duration;
import java.util.List;

/** Says what became of code that has no result. */
final class CodeFailures {

  private CodeFailures() {}

  static CodeException of(QuickJsAnswer answer, Problem problem, QuickJsProgram program) {
    CodeThrown thrown =
        new CodeThrown(problem.name(), problem.message(), CodeStacks.read(problem.stack()));
    QuickJsProgram.Limits limits = program.limits();
    String file = program.file();
    return switch (problem.kind()) {
      case SYNTAX ->
          new CodeException(
              Reason.SYNTAX,
              "%s is no JavaScript: %s".formatted(place(file, thrown), thrown.message()),
              problems(program, thrown),
              thrown,
              console(answer),
              problem.cause());
      case THROWN ->
          new CodeException(
              Reason.THROWN,
              "%s has thrown: %s".formatted(place(file, thrown), thrown),
              List.of(),
              thrown,
              console(answer),
              problem.cause());
      case TIME -> limit(answer, late(file, Duration.ofNanos(limits.nanos())));
      case MEMORY ->
          limit(
              answer,
              "%s wanted more than the %d bytes of memory that it may have (memory)"
                  .formatted(file, limits.memory()));
      case STACK ->
          limit(
              answer,
              "%s called functions within functions deeper than its stack of %d bytes allows"
                  .formatted(file, limits.stack()));
      case UNSETTLED ->
          limit(
              answer,
              "%s waits for a promise that nothing settles: no timer and no job is left"
                  .formatted(file));
      case OUTPUT ->
          new CodeException(
              Reason.TOO_LARGE,
              "The result of %s has more than the %d bytes that it may have (output)"
                  .formatted(file, limits.output()),
              List.of(),
              null,
              console(answer),
              null);
    };
  }

  private static String late(String file, Duration timeout) {
    return "%s ran longer than the %d ms that it may take, and was stopped (timeout)"
        .formatted(file, timeout.toMillis());
  }

  private static CodeException limit(QuickJsAnswer answer, String message) {
    return new CodeException(Reason.LIMIT, message, List.of(), null, console(answer), null);
  }

  private static String place(String file, CodeThrown thrown) {
    return thrown.stack().stream()
        .filter(frame -> frame.line() > 0 && !frame.file().startsWith("<"))
        .findFirst()
        .map(frame -> frame.file() + ":" + frame.line() + ":" + frame.column())
        .orElse(file);
  }

  /** Of an error in the source itself; that of a module that it imports is not at hand here. */
  private static List<CodeProblem> problems(QuickJsProgram program, CodeThrown thrown) {
    if (thrown.stack().isEmpty() || !thrown.stack().get(0).file().equals(program.file())) {
      return List.of();
    }
    CodeFrame at = thrown.stack().get(0);
    int offset = offset(program.source(), at.line(), at.column());
    return List.of(
        new CodeProblem(
            CodeProblem.Severity.ERROR,
            "syntax-error",
            thrown.message(),
            new CodeRange(offset, Math.min(offset + 1, program.source().length())),
            Math.max(1, at.line()),
            Math.max(1, at.column()),
            List.of()));
  }

  private static int offset(String source, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int next = source.indexOf('\n', at);
      if (next < 0) {
        break;
      }
      at = next + 1;
    }
    return Math.min(source.length(), at + Math.max(0, column - 1));
  }

  static List<CodeConsoleLine> console(QuickJsAnswer answer) {
    return answer.console().stream()
        .map(line -> new CodeConsoleLine(CodeConsoleLine.Level.valueOf(line.level()), line.text()))
        .toList();
  }

  /**
   * What the module failed with while it ran the code; what has nothing to do with that is kept.
   */
  static RuntimeException of(WasmException failure, String file, Duration timeout) {
    WasmErrorCategory category = failure.category();
    return switch (category) {
      case TIMEOUT -> stopped(Reason.LIMIT, late(file, timeout), failure);
      case STACK_OVERFLOW ->
          stopped(
              Reason.LIMIT,
              "%s needed more stack than the thread has; set limits.stack of the module, or run it on a thread with more"
                  .formatted(file),
              failure);
      case MEMORY_LIMIT ->
          stopped(Reason.LIMIT, "%s wanted more memory than there is".formatted(file), failure);
      case TRAP ->
          stopped(
              Reason.LIMIT,
              "%s brought QuickJS down, which is thrown away with all it had".formatted(file),
              failure);
      case INTERRUPTED ->
          stopped(Reason.INTERRUPTED, "%s was interrupted".formatted(file), failure);
      default -> failure;
    };
  }

  private static CodeException stopped(Reason reason, String message, WasmException cause) {
    return new CodeException(reason, message, List.of(), null, List.of(), cause);
  }
}
