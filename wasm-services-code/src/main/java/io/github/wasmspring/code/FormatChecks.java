package io.github.wasmspring.code;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.code.CodeException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is looked at before and after a text is formatted, and what failures mean. */
final class FormatChecks {

  private static final Set<WasmErrorCategory> LIMITS =
      Set.of(
          WasmErrorCategory.TIMEOUT,
          WasmErrorCategory.MEMORY_LIMIT,
          WasmErrorCategory.STACK_OVERFLOW,
          WasmErrorCategory.TRAP);

  private FormatChecks() {}

  /** {@code null} where files that end so are left as they are. */
  static @Nullable DprintPlugin plugin(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1);
    return Arrays.stream(CodeLanguage.values())
        .filter(language -> language.endings().contains(ending))
        .map(DprintPlugin::of)
        .findFirst()
        .orElse(null);
  }

  /** Half of a character can't go to the guest, which wants UTF-8. */
  static void requireText(String text, CodeLanguage language) {
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (Character.isHighSurrogate(each)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(each)) {
        CodeProblem problem =
            DprintMessage.problem("U+%04X is half of a character".formatted((int) each), text, at);
        throw syntax(language, List.of(problem));
      }
    }
  }

  /**
   * The module for JavaScript takes a character U+0000 between tokens for the end of the file, and
   * leaves out what comes after it.
   *
   * @throws CodeException if that has happened
   */
  static void requireWhole(String text, String formatted) {
    long kept = zeros(formatted);
    if (kept < zeros(text)) {
      int at = text.indexOf(0);
      for (long each = 0; each < kept; each++) {
        at = text.indexOf(0, at + 1);
      }
      throw syntax(
          "code", List.of(DprintMessage.problem("U+0000 is no part of a program", text, at)));
    }
  }

  private static long zeros(String text) {
    return text.chars().filter(each -> each == 0).count();
  }

  /** What a formatter says of a text. */
  static CodeException refusal(
      DprintPlugin plugin, String message, String text, CodeLanguage language) {
    List<CodeProblem> problems = DprintMessage.problems(plugin, message, text);
    if (problems.isEmpty()) {
      return new CodeException(
          Reason.SYNTAX, "The %s can't be formatted: %s".formatted(language, message));
    }
    return syntax(language, problems);
  }

  private static CodeException syntax(Object language, List<CodeProblem> problems) {
    return new CodeException(
        Reason.SYNTAX,
        "The %s can't be formatted, it has errors of syntax: %s"
            .formatted(language, problems.get(0)),
        problems,
        null);
  }

  /** What it means that the guest has broken down. */
  static RuntimeException failure(DprintPlugin plugin, WasmException failure) {
    if (!LIMITS.contains(failure.category())) {
      return failure;
    }
    String id = plugin.module();
    String what =
        switch (failure.category()) {
          case TIMEOUT ->
              "took longer than wasm.modules.%s.limits.timeout; format smaller texts, or raise it"
                  .formatted(id);
          case MEMORY_LIMIT ->
              "needed more memory than wasm.modules.%s.limits.memory; format smaller texts, or raise it"
                  .formatted(id);
          default ->
              "broke down, as it does where code is nested deeper than its stack is: some fifty levels of JSON, a hundred of others, or some hundred calls or operators in one expression";
        };
    return new CodeException(
        Reason.LIMIT, "The module '%s' %s".formatted(id, what), List.of(), failure);
  }
}
