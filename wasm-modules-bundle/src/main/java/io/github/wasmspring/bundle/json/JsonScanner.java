package io.github.wasmspring.bundle.json;

import static io.github.wasmspring.bundle.json.JsonBytes.END;
import static io.github.wasmspring.bundle.json.JsonBytes.peek;
import static io.github.wasmspring.bundle.json.JsonBytes.skipSpace;

/**
 * Validates a document after RFC 8259 in one pass, telling a handler what it meets. Numbers and
 * strings stay as they are written; nothing recurses.
 */
final class JsonScanner {

  /** How many arrays and objects may stand in one another. */
  static final int MAX_DEPTH = 1000;

  private final byte[] source;
  private final JsonHandler handler;

  /** For each open level whether it is an object. */
  private final boolean[] objects = new boolean[MAX_DEPTH];

  private int depth;

  /** Whether the string read last holds an escape. */
  private boolean escaped;

  private JsonScanner(byte[] source, JsonHandler handler) {
    this.source = source;
    this.handler = handler;
  }

  /**
   * Scans a whole document.
   *
   * @throws JsonFault at the first thing wrong
   */
  static void scan(byte[] source, JsonHandler handler) {
    new JsonScanner(source, handler).document();
  }

  private void document() {
    int at = JsonBytes.byteOrderMark(source);
    JsonSyntax expected = JsonSyntax.VALUE;
    while (true) {
      at = skipSpace(source, at);
      int inside = depth;
      int next =
          switch (peek(source, at)) {
            case '"' -> text(at);
            case '{' -> openObject(at);
            case '[' -> openArray(at);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> plain(at, number(at));
            default -> plain(at, literal(at, expected));
          };
      if (depth > inside) {
        expected = objects[inside] ? JsonSyntax.VALUE : JsonSyntax.VALUE_OR_CLOSE;
        at = next;
        continue;
      }
      at = afterValue(next);
      if (depth == 0) {
        return;
      }
      expected = objects[depth - 1] ? JsonSyntax.VALUE : JsonSyntax.ELEMENT;
    }
  }

  /** Reads on behind a value, up to the next value or the end of the document. */
  private int afterValue(int from) {
    int at = from;
    while (depth > 0) {
      at = skipSpace(source, at);
      boolean object = objects[depth - 1];
      int next = peek(source, at);
      if (next == ',') {
        handler.comma(at);
        return object ? key(at + 1, JsonSyntax.KEY) : at + 1;
      }
      if (next != (object ? '}' : ']')) {
        throw fault(object ? JsonSyntax.OBJECT_NEXT : JsonSyntax.ARRAY_NEXT, at);
      }
      depth--;
      handler.close(at);
      at++;
    }
    at = skipSpace(source, at);
    if (at < source.length) {
      throw fault(JsonSyntax.TRAILING, at);
    }
    return at;
  }

  /** Opens the object at {@code at} and, unless it is empty, reads its first key. */
  private int openObject(int at) {
    enter(at, true);
    int next = skipSpace(source, at + 1);
    if (peek(source, next) == '}') {
      return empty(at, next);
    }
    handler.open(at, true);
    return key(next, JsonSyntax.KEY_OR_CLOSE);
  }

  private int openArray(int at) {
    enter(at, false);
    int next = skipSpace(source, at + 1);
    if (peek(source, next) == ']') {
      return empty(at, next);
    }
    handler.open(at, false);
    return next;
  }

  private void enter(int at, boolean object) {
    if (depth == MAX_DEPTH) {
      throw fault(JsonSyntax.DEPTH, at);
    }
    objects[depth++] = object;
  }

  private int empty(int open, int close) {
    depth--;
    handler.empty(open, close);
    return close + 1;
  }

  /** Reads a key and its colon. */
  private int key(int from, JsonSyntax expected) {
    int at = skipSpace(source, from);
    if (peek(source, at) != '"') {
      throw fault(expected, at);
    }
    int end = string(at);
    handler.key(at, end, escaped);
    int colon = skipSpace(source, end);
    if (peek(source, colon) != ':') {
      throw fault(JsonSyntax.COLON, colon);
    }
    handler.colon(colon);
    return colon + 1;
  }

  private int text(int at) {
    int end = string(at);
    handler.text(at, end, escaped);
    return end;
  }

  private int plain(int at, int end) {
    handler.plain(at, end);
    return end;
  }

  private int string(int from) {
    escaped = false;
    int at = from + 1;
    while (true) {
      at = JsonBytes.skipPlain(source, at);
      int next = peek(source, at);
      if (next == '"') {
        return at + 1;
      }
      if (next == '\\') {
        escaped = true;
        at = escape(at + 1);
      } else {
        int length = next < 0x80 || next == END ? 0 : JsonBytes.sequence(source, at);
        if (length == 0) {
          throw fault(JsonSyntax.TEXT, at);
        }
        at += length;
      }
    }
  }

  /** Checks what follows a backslash. */
  private int escape(int at) {
    switch (peek(source, at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 1;
      }
      case 'u' -> {
        for (int digit = at + 1; digit < at + 5; digit++) {
          int value = peek(source, digit);
          if (value == END || Character.digit((char) value, 16) < 0) {
            throw fault(JsonSyntax.HEX_DIGIT, digit);
          }
        }
        return at + 5;
      }
      case END -> throw fault(JsonSyntax.TEXT, at);
      default -> throw fault(JsonSyntax.ESCAPE, at);
    }
  }

  private int number(int from) {
    int at = peek(source, from) == '-' ? from + 1 : from;
    if (peek(source, at) == '0') {
      at++;
      if (isDigit(at)) {
        throw fault(JsonSyntax.LEADING_ZERO, at);
      }
    } else {
      at = digits(at);
    }
    if (peek(source, at) == '.') {
      at = digits(at + 1);
    }
    if ((peek(source, at) | 0x20) == 'e') {
      at++;
      int sign = peek(source, at);
      at = digits(sign == '+' || sign == '-' ? at + 1 : at);
    }
    return at;
  }

  private int digits(int from) {
    int at = from;
    while (isDigit(at)) {
      at++;
    }
    if (at == from) {
      throw fault(JsonSyntax.DIGIT, at);
    }
    return at;
  }

  private boolean isDigit(int at) {
    int value = peek(source, at);
    return value >= '0' && value <= '9';
  }

  private int literal(int at, JsonSyntax expected) {
    return switch (peek(source, at)) {
      case 't' -> literal(at, "true", JsonSyntax.TRUE);
      case 'f' -> literal(at, "false", JsonSyntax.FALSE);
      case 'n' -> literal(at, "null", JsonSyntax.NULL);
      default -> throw fault(expected, at);
    };
  }

  private int literal(int at, String word, JsonSyntax wrong) {
    for (int index = 1; index < word.length(); index++) {
      if (peek(source, at + index) != word.charAt(index)) {
        throw fault(wrong, at + index);
      }
    }
    return at + word.length();
  }

  private JsonFault fault(JsonSyntax syntax, int offset) {
    return syntax.at(source, offset);
  }
}
