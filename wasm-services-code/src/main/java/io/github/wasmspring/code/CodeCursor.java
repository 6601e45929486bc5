package io.github.wasmspring.code;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a tree, which moves. No object is made for a node. For one thread.
 *
 * <p>Children come in the order of their fields: {@code test} before {@code consequent} before
 * {@code alternate}.
 */
public final class CodeCursor {

  private final CodeWords words;

  /** The nodes from the root down to the one at hand. */
  private int[] path;

  /** Where each stands in its parent: the number of the field above, the index in a list below. */
  private long[] places;

  private int depth;

  CodeCursor(CodeWords words) {
    this(words, new int[32], new long[32], 0);
    this.path[0] = words.root();
  }

  private CodeCursor(CodeWords words, int[] path, long[] places, int depth) {
    this.words = words;
    this.path = path;
    this.places = places;
    this.depth = depth;
  }

  /** Another cursor at the same node. */
  public CodeCursor copy() {
    int size = this.depth + 4;
    return new CodeCursor(
        this.words, Arrays.copyOf(this.path, size), Arrays.copyOf(this.places, size), this.depth);
  }

  private int node() {
    return this.path[this.depth];
  }

  /** A number that is the node's own in its tree. */
  public int id() {
    return node();
  }

  /** The type of the node, as ESTree has it: {@code CallExpression}. */
  public String type() {
    return this.words.type(node());
  }

  public boolean is(String type) {
    return type().equals(type);
  }

  /** Where it begins, in chars of the text. */
  public int start() {
    return this.words.start(node());
  }

  /** Where it has ended. */
  public int end() {
    return this.words.end(node());
  }

  public CodeRange range() {
    return new CodeRange(start(), end());
  }

  /** The text of the node. */
  public String source() {
    return this.words.source().substring(start(), end());
  }

  /** How many nodes are around it; 0 at the root. */
  public int depth() {
    return this.depth;
  }

  // Fields.

  /** The names of all fields that the type has. */
  public List<String> fields() {
    return this.words.fields(node()).stream().map(CodeField::name).toList();
  }

  private @Nullable CodeField field(String name) {
    return this.words.field(node(), name);
  }

  /** Whether there is a node, an item, a text, a set bit or a word in a field. */
  public boolean has(String name) {
    CodeField field = field(name);
    if (field == null) {
      return false;
    }
    return switch (field.type()) {
      case NODE, LIST, TEXT -> this.words.word(node(), field) != 0;
      case BIT -> this.words.bits(node(), field) != 0;
      case ENUMERATION -> !field.values().get(this.words.bits(node(), field)).isEmpty();
    };
  }

  /**
   * The text of a field: a name, the value of a string, an operator, a kind. Of a {@code Literal},
   * {@code raw} is its text; {@code value} is that of strings, and else what {@code raw} is.
   *
   * @return {@code null} if the field has none, or is not there
   */
  public @Nullable String text(String name) {
    CodeField field = field(name);
    if (field == null) {
      boolean literal = is("Literal") || is("JSXText");
      return literal && (name.equals("raw") || name.equals("value")) ? source() : null;
    }
    return switch (field.type()) {
      case TEXT -> this.words.atom(this.words.word(node(), field));
      case ENUMERATION -> {
        String value = field.values().get(this.words.bits(node(), field));
        yield value.isEmpty() ? null : value;
      }
      case BIT -> is("Literal") ? source() : null;
      case NODE, LIST -> null;
    };
  }

  /** Whether a field is set: {@code computed}, {@code async}, {@code static}. */
  public boolean flag(String name) {
    CodeField field = field(name);
    return field != null
        && field.type() == CodeField.Type.BIT
        && this.words.bits(node(), field) != 0;
  }

  boolean isBit(String name) {
    CodeField field = field(name);
    return field != null && field.type() == CodeField.Type.BIT;
  }

  /** How many items a field has that is a list; of one that is a node, 0 or 1. */
  public int count(String name) {
    CodeField field = field(name);
    if (field == null) {
      return 0;
    }
    return switch (field.type()) {
      case NODE -> this.words.word(node(), field) == 0 ? 0 : 1;
      case LIST -> this.words.length(this.words.word(node(), field));
      default -> 0;
    };
  }

  // Moves.

  /**
   * Moves to the node in a field.
   *
   * @return whether there is one; if not, nothing has moved
   */
  public boolean toField(String name) {
    return to(name, 0);
  }

  /**
   * Moves to an item of a field that is a list; places without an item, as in {@code [, a]}, count.
   *
   * @return whether there is one; if not, nothing has moved
   */
  public boolean toItem(String name, int index) {
    return index >= 0 && to(name, index);
  }

  private boolean to(String name, int index) {
    List<CodeField> fields = this.words.fields(node());
    for (int each = 0; each < fields.size(); each++) {
      if (fields.get(each).name().equals(name)) {
        return down(each, fields.get(each), index);
      }
    }
    return false;
  }

  /** To an item of a field, which may be a node alone. */
  private boolean down(int number, CodeField field, int index) {
    int value = field.type() == CodeField.Type.NODE ? this.words.word(node(), field) : 0;
    if (field.type() == CodeField.Type.LIST) {
      int list = this.words.word(node(), field);
      value = index < this.words.length(list) ? this.words.item(list, index) : 0;
    } else if (index > 0) {
      return false;
    }
    if (value == 0) {
      return false;
    }
    push(value, (long) number << 32 | index);
    return true;
  }

  private void push(int node, long place) {
    this.depth++;
    if (this.depth == this.path.length) {
      this.path = Arrays.copyOf(this.path, 2 * this.depth);
      this.places = Arrays.copyOf(this.places, 2 * this.depth);
    }
    this.path[this.depth] = node;
    this.places[this.depth] = place;
  }

  /** Moves to the first child, if there is one. */
  public boolean toFirstChild() {
    return toChildFrom(0, 0);
  }

  /** To the first child at a place of a field, or behind it. */
  private boolean toChildFrom(int number, int index) {
    List<CodeField> fields = this.words.fields(node());
    int from = index;
    for (int each = number; each < fields.size(); each++) {
      CodeField field = fields.get(each);
      int count =
          field.type() == CodeField.Type.LIST
              ? this.words.length(this.words.word(node(), field))
              : 1;
      for (int item = from; item < count; item++) {
        if (down(each, field, item)) {
          return true;
        }
      }
      from = 0;
    }
    return false;
  }

  /** Moves to the child of the same parent that comes next, if there is one. */
  public boolean toNextSibling() {
    if (this.depth == 0) {
      return false;
    }
    long place = this.places[this.depth];
    int node = node();
    this.depth--;
    if (toChildFrom((int) (place >>> 32), (int) place + 1)) {
      return true;
    }
    push(node, place);
    return false;
  }

  /** Moves to the parent; not from the root. */
  public boolean toParent() {
    if (this.depth == 0) {
      return false;
    }
    this.depth--;
    return true;
  }

  /**
   * The field of the parent in which it stands.
   *
   * @return {@code null} at the root
   */
  public @Nullable String parentField() {
    if (this.depth == 0) {
      return null;
    }
    int number = (int) (this.places[this.depth] >>> 32);
    return this.words.fields(this.path[this.depth - 1]).get(number).name();
  }

  /** Its index in the list in which it stands; 0 if it is in none. */
  public int index() {
    return (int) this.places[this.depth];
  }

  /** How many items the list has in which it stands; 1 if it is in none. */
  public int siblings() {
    if (this.depth == 0) {
      return 1;
    }
    int parent = this.path[this.depth - 1];
    CodeField field = this.words.fields(parent).get((int) (this.places[this.depth] >>> 32));
    return field.type() == CodeField.Type.LIST
        ? this.words.length(this.words.word(parent, field))
        : 1;
  }

  /** Whether it stands in a list. */
  boolean isItem() {
    if (this.depth == 0) {
      return false;
    }
    int parent = this.path[this.depth - 1];
    return this.words.fields(parent).get((int) (this.places[this.depth] >>> 32)).type()
        == CodeField.Type.LIST;
  }

  /** Moves to another item of the list in which it stands. */
  boolean toSibling(int index) {
    long place = this.places[this.depth];
    int node = node();
    this.depth--;
    int number = (int) (place >>> 32);
    if (index >= 0 && down(number, this.words.fields(node()).get(number), index)) {
      return true;
    }
    push(node, place);
    return false;
  }

  @Override
  public String toString() {
    return "%s %d-%d".formatted(type(), start(), end());
  }
}
