package io.github.wasmspring.code;

import java.util.Comparator;
import java.util.List;

/**
 * A part of a text, and what is to stand there instead.
 *
 * @param replacement empty where the part is only taken away
 */
public record CodeEdit(CodeRange range, String replacement) {

  /**
   * The text with all edits, whose ranges are those of the text as it is.
   *
   * @param edits in any order; what begins where another has ended comes after it
   * @throws IllegalArgumentException if two overlap, or one is outside of the text
   */
  public static String apply(String text, List<CodeEdit> edits) {
    StringBuilder result = new StringBuilder(text.length());
    int copied = 0;
    List<CodeEdit> sorted =
        edits.stream()
            .sorted(Comparator.comparingInt((CodeEdit edit) -> edit.range.start()))
            .toList();
    for (CodeEdit edit : sorted) {
      if (edit.range.start() < copied || edit.range.end() > text.length()) {
        throw new IllegalArgumentException(
            "The edit of %d to %d overlaps another or ends outside of the text of %d chars"
                .formatted(edit.range.start(), edit.range.end(), text.length()));
      }
      result.append(text, copied, edit.range.start()).append(edit.replacement);
      copied = edit.range.end();
    }
    return result.append(text, copied, text.length()).toString();
  }
}
