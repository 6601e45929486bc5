package io.github.wasmspring.code;

import io.github.wasmspring.code.CodeProblem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads where the text is wrong out of what a formatter says of it: {@code Expression expected at
 * file:///a.ts:1:11}, or {@code Line 1, column 7: Unexpected close brace}, each before the line
 * itself. Columns count code points, and a tab of JavaScript is two.
 */
final class DprintMessage {

  private static final Pattern AT_END =
      Pattern.compile("^(.+) at \\S*:(\\d{1,9}):(\\d{1,9})$", Pattern.MULTILINE);
  private static final Pattern AT_BEGIN =
      Pattern.compile("^Line (\\d{1,9}), column (\\d{1,9}): (.+)$", Pattern.MULTILINE);
  private static final Pattern IN_BLOCK =
      Pattern.compile("code block on line (\\d{1,9}) failed to format\\s+([^\n]+)");
  private static final String CODE = "syntax";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private DprintMessage() {}

  /**
   * @return none where it says of no place
   */
  static List<CodeProblem> problems(DprintPlugin plugin, String message, String text) {
    List<CodeProblem> problems = new ArrayList<>();
    switch (plugin) {
      case TYPESCRIPT -> {
        Matcher matcher = AT_END.matcher(message);
        while (matcher.find()) {
          problems.add(problem(text, matcher.group(1), matcher.group(2), matcher.group(3), 2));
        }
      }
      case JSON -> {
        Matcher matcher = AT_BEGIN.matcher(message);
        while (matcher.find()) {
          problems.add(problem(text, matcher.group(3), matcher.group(1), matcher.group(2), 1));
        }
      }
      case MARKDOWN -> {
        Matcher matcher = IN_BLOCK.matcher(message);
        while (matcher.find()) {
          problems.add(problem(text, matcher.group(2), matcher.group(1), "1", 1));
        }
      }
    }
    return problems;
  }

  private static CodeProblem problem(
      String text, String message, String line, String column, int tab) {
    int start = start(text, Integer.parseInt(line));
    int at = at(text, start, Integer.parseInt(column), tab);
    return problem(message, text, at);
  }

  /** At a place of the text. */
  static CodeProblem problem(String message, String text, int at) {
    int start = text.lastIndexOf('\n', at - 1) + 1;
    long line = text.substring(0, start).chars().filter(each -> each == '\n').count() + 1;
    int end = at == text.length() ? at : text.offsetByCodePoints(at, 1);
    return new CodeProblem(
        Severity.ERROR,
        CODE,
        message,
        new CodeRange(at, end),
        (int) line,
        at - start + 1,
        List.of());
  }

  private static int start(String text, int line) {
    int start = 0;
    for (int each = 1; each < line; each++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return start;
      }
      start = end + 1;
    }
    // The formatter does not see a mark before the text.
    return start == 0 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : start;
  }

  private static int at(String text, int start, int column, int tab) {
    int at = start;
    int passed = 1;
    while (passed < column && at < text.length() && text.charAt(at) != '\n') {
      passed += text.charAt(at) == '\t' ? tab : 1;
      at = text.offsetByCodePoints(at, 1);
    }
    return at;
  }
}
