package io.github.wasmspring.code;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a tree, in the form that the module's {@code encode.rs} describes. */
final class CodeWords {

  private static final int MAGIC = 0x4544_4f43;
  private static final int VERSION = 1;
  private static final int NODES = 0;
  private static final int LISTS = 1;
  private static final int ATOMS = 2;
  private static final int COMMENTS = 3;
  private static final int PROBLEMS = 4;
  private static final int LINES = 5;
  private static final int EXTRA = 6;
  private static final int PROBLEM_WORDS = 8;
  private static final int COMMENT_WORDS = 3;

  private final int[] words;
  private final byte[] bytes;
  private final String text;
  private final CodeKinds kinds;
  private final int nodes;
  private final int lists;

  CodeWords(byte[] bytes, String text, CodeKinds kinds) {
    this.bytes = bytes;
    this.text = text;
    this.kinds = kinds;
    this.words = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(this.words);
    if (this.words[0] != MAGIC || this.words[1] != VERSION || this.words[3] != text.length()) {
      throw new IllegalStateException("The module 'code' has answered with no tree of this text");
    }
    this.nodes = begin(NODES);
    this.lists = begin(LISTS);
  }

  private int begin(int section) {
    return this.words[4 + 2 * section];
  }

  private int size(int section) {
    return this.words[5 + 2 * section];
  }

  String source() {
    return this.text;
  }

  CodeKinds kinds() {
    return this.kinds;
  }

  int root() {
    return this.words[2];
  }

  int kind(int node) {
    return this.words[this.nodes + node] & 0xff;
  }

  String type(int node) {
    return this.kinds.name(kind(node));
  }

  int flags(int node) {
    return this.words[this.nodes + node] >>> 8;
  }

  int start(int node) {
    return this.words[this.nodes + node + 1];
  }

  int end(int node) {
    return this.words[this.nodes + node + 2];
  }

  List<CodeField> fields(int node) {
    return this.kinds.fields(kind(node));
  }

  @Nullable CodeField field(int node, String name) {
    return this.kinds.field(kind(node), name);
  }

  /** The value of a field that takes a word. */
  int word(int node, CodeField field) {
    return this.words[this.nodes + node + field.at()];
  }

  /** The value of a field that is a bit or an enumeration. */
  int bits(int node, CodeField field) {
    return flags(node) >>> field.at() & field.mask();
  }

  int length(int list) {
    return this.words[this.lists + list];
  }

  int item(int list, int index) {
    return this.words[this.lists + list + 1 + index];
  }

  /**
   * @return {@code null} if there is none
   */
  @Nullable String atom(int atom) {
    if (atom == 0) {
      return null;
    }
    int at = begin(ATOMS) + 2 * atom;
    int start = this.words[at];
    int length = this.words[at + 1];
    return start < 0
        ? extra(start & Integer.MAX_VALUE, length)
        : this.text.substring(start, start + length);
  }

  /** UTF-8, in which halves of surrogate pairs may stand as three bytes. */
  private String extra(int start, int length) {
    int at = begin(EXTRA) * Integer.BYTES + start;
    StringBuilder result = new StringBuilder(length);
    for (int end = at + length; at < end; ) {
      int first = this.bytes[at] & 0xff;
      int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      int point = more == 0 ? first : first & (0x3f >> more);
      for (int each = 1; each <= more; each++) {
        point = point << 6 | this.bytes[at + each] & 0x3f;
      }
      result.appendCodePoint(point);
      at += more + 1;
    }
    return result.toString();
  }

  List<CodeProblem> problems() {
    List<CodeProblem> problems = new ArrayList<>();
    for (int each = 0; each < size(PROBLEMS); each += PROBLEM_WORDS) {
      int at = begin(PROBLEMS) + each;
      problems.add(
          new CodeProblem(
              CodeProblem.Severity.ERROR,
              extra(this.words[at + 4], this.words[at + 5]),
              extra(this.words[at + 6], this.words[at + 7]),
              new CodeRange(this.words[at], this.words[at + 1]),
              this.words[at + 2],
              this.words[at + 3] + 1,
              List.of()));
    }
    return List.copyOf(problems);
  }

  List<CodeComment> comments() {
    CodeComment.Kind[] known = CodeComment.Kind.values();
    List<CodeComment> comments = new ArrayList<>();
    for (int each = 0; each < size(COMMENTS); each += COMMENT_WORDS) {
      int at = begin(COMMENTS) + each;
      comments.add(
          new CodeComment(
              known[this.words[at]], new CodeRange(this.words[at + 1], this.words[at + 2])));
    }
    return List.copyOf(comments);
  }

  int lines() {
    return size(LINES);
  }

  int lineStart(int line) {
    return this.words[begin(LINES) + line - 1];
  }
}
