package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.List;

/** What has changed between two texts, as edits between the tokens that have stayed. */
final class TextChanges {

  private final String before;
  private final String after;
  private final List<CodeEdit> edits = new ArrayList<>();

  private TextChanges(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /**
   * @return in the order of the text; none if they are equal
   */
  static List<CodeEdit> edits(String before, String after) {
    if (before.equals(after)) {
      return List.of();
    }
    TextTokens left = new TextTokens(before);
    TextTokens right = new TextTokens(after);
    TextChanges changes = new TextChanges(before, after);
    int leftStart = 0;
    int rightStart = 0;
    for (int[] pair : TokenAlignment.of(left, right)) {
      changes.between(leftStart, left.start(pair[0]), rightStart, right.start(pair[1]));
      leftStart = left.end(pair[0]);
      rightStart = right.end(pair[1]);
    }
    changes.between(leftStart, before.length(), rightStart, after.length());
    return List.copyOf(changes.edits);
  }

  private void between(int leftStart, int leftEnd, int rightStart, int rightEnd) {
    int left = leftStart;
    int right = rightStart;
    while (left < leftEnd
        && right < rightEnd
        && this.before.charAt(left) == this.after.charAt(right)
        && !Character.isSurrogate(this.before.charAt(left))) {
      left++;
      right++;
    }
    int lastLeft = leftEnd;
    int lastRight = rightEnd;
    while (lastLeft > left
        && lastRight > right
        && this.before.charAt(lastLeft - 1) == this.after.charAt(lastRight - 1)
        && !Character.isSurrogate(this.before.charAt(lastLeft - 1))) {
      lastLeft--;
      lastRight--;
    }
    if (left < lastLeft || right < lastRight) {
      this.edits.add(
          new CodeEdit(new CodeRange(left, lastLeft), this.after.substring(right, lastRight)));
    }
  }
}
