package io.github.wasmspring.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The tree of a text. Nodes have the types and fields of ESTree, and for TypeScript those of
 * typescript-estree; text that belongs nowhere is an {@code ErrorNode}. It holds no object for a
 * node: a {@link CodeCursor} walks it. For many threads.
 */
public final class CodeTree {

  private final String text;
  private final CodeLanguage language;
  private final CodeWords words;
  private final List<CodeProblem> problems;

  CodeTree(String text, CodeLanguage language, CodeWords words) {
    this.text = text;
    this.language = language;
    this.words = words;
    this.problems = words.problems();
  }

  public String text() {
    return this.text;
  }

  public CodeLanguage language() {
    return this.language;
  }

  /** Whether nothing is wrong. */
  public boolean isValid() {
    return this.problems.isEmpty();
  }

  /** All that is wrong, in the order of the text. */
  public List<CodeProblem> problems() {
    return this.problems;
  }

  /**
   * This tree, if nothing is wrong.
   *
   * @throws CodeException with all problems
   */
  public CodeTree valid() {
    if (!isValid()) {
      CodeProblem first = this.problems.get(0);
      throw new CodeException(
          CodeException.Reason.SYNTAX,
          "The %s has %d problems of syntax, the first at %s"
              .formatted(this.language, this.problems.size(), first),
          this.problems,
          null);
    }
    return this;
  }

  /** All comments, in the order of the text. */
  public List<CodeComment> comments() {
    return this.words.comments();
  }

  /** How many lines the text has; at least one. */
  public int lines() {
    return this.words.lines();
  }

  /**
   * The line of a place, from 1.
   *
   * @throws IndexOutOfBoundsException if it is not in the text
   */
  public int line(int offset) {
    if (offset < 0 || offset > this.text.length()) {
      throw new IndexOutOfBoundsException(
          "%d is no place in a text of %d chars".formatted(offset, this.text.length()));
    }
    int first = 1;
    int last = lines();
    while (first < last) {
      int middle = (first + last + 1) >>> 1;
      if (this.words.lineStart(middle) <= offset) {
        first = middle;
      } else {
        last = middle - 1;
      }
    }
    return first;
  }

  /** The column of a place in its line, in chars from 1. */
  public int column(int offset) {
    return offset - this.words.lineStart(line(offset)) + 1;
  }

  /** A new cursor at the root. */
  public CodeCursor cursor() {
    return new CodeCursor(this.words);
  }

  /** Walks all nodes, each before and after what is in it. */
  public void visit(CodeVisitor visitor) {
    CodeCursor cursor = cursor();
    while (true) {
      if (visitor.enter(cursor) && cursor.toFirstChild()) {
        continue;
      }
      visitor.leave(cursor);
      while (!cursor.toNextSibling()) {
        if (!cursor.toParent()) {
          return;
        }
        visitor.leave(cursor);
      }
    }
  }

  /**
   * All nodes that a selector chooses, each with a cursor of its own, in the order of the walk.
   *
   * @param selector as {@link CodeQuery} describes it
   * @throws IllegalArgumentException if it is none
   */
  public List<CodeCursor> select(String selector) {
    List<CodeCursor> found = new ArrayList<>();
    select(CodeQuery.of(selector), cursor -> found.add(cursor.copy()));
    return found;
  }

  /**
   * Hands all nodes that a query chooses to somebody.
   *
   * @param found gets one cursor for all, which it must leave where it is
   */
  public void select(CodeQuery query, Consumer<CodeCursor> found) {
    visit(
        new CodeVisitor() {
          @Override
          public boolean enter(CodeCursor node) {
            if (query.matches(node)) {
              found.accept(node);
            }
            return true;
          }
        });
  }
}
