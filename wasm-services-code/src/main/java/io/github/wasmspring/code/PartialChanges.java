package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The changes between two texts that are made in some lines. Those of a line go together: a text in
 * it has two quotes. Where a change needs others, such as a brace the one that closes it, as many
 * more on both sides are taken as it needs.
 */
final class PartialChanges {

  private final String text;
  private final List<List<CodeEdit>> groups = new ArrayList<>();
  private final Predicate<String> good;

  /**
   * @param good whether a text with some of the changes means what the text with all of them means
   */
  PartialChanges(String text, String changed, Predicate<String> good) {
    this.text = text;
    this.good = good;
    int end = -1;
    for (CodeEdit edit : TextChanges.edits(text, changed)) {
      if (edit.range().start() > end) {
        this.groups.add(new ArrayList<>());
      }
      this.groups.get(this.groups.size() - 1).add(edit);
      end = lineEnd(edit.range().end());
    }
  }

  private int lineEnd(int at) {
    int end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length() : end;
  }

  private int lineStart(int at) {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  List<CodeEdit> edits(CodeRange part) {
    int start = lineStart(part.start());
    int end = lineEnd(Math.max(part.start(), part.end() - 1));
    int first = 0;
    while (first < this.groups.size() && lineEnd(end(this.groups.get(first))) < start) {
      first++;
    }
    int last = first;
    while (last < this.groups.size() && start(this.groups.get(last)) <= end) {
      last++;
    }
    if (first == last) {
      return List.of();
    }
    for (int more = 1; ; more *= 2) {
      List<CodeEdit> edits =
          this.groups.subList(first, last).stream().flatMap(List::stream).toList();
      if (last - first == this.groups.size() || this.good.test(CodeEdit.apply(this.text, edits))) {
        return edits;
      }
      first = Math.max(0, first - more);
      last = Math.min(this.groups.size(), last + more);
    }
  }

  private static int start(List<CodeEdit> group) {
    return group.get(0).range().start();
  }

  private static int end(List<CodeEdit> group) {
    return group.get(group.size() - 1).range().end();
  }
}
