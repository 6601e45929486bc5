package io.github.wasmspring.bundle.json;

import static io.github.wasmspring.bundle.json.JsonBytes.END;

/** What can stand in the way of the scanner, and how to say it. */
enum JsonSyntax {
  VALUE(" where a value was expected"),
  ELEMENT(" where a value was expected"),
  VALUE_OR_CLOSE(" where a value or ']' was expected"),
  KEY(" where a string key was expected"),
  KEY_OR_CLOSE(" where a string key or '}' was expected"),
  COLON(" where ':' was expected"),
  ARRAY_NEXT(" where ',' or ']' was expected"),
  OBJECT_NEXT(" where ',' or '}' was expected"),
  TRAILING(" after the end of the document"),
  DIGIT(" where a digit was expected"),
  LEADING_ZERO(""),
  TRUE(" in 'true'"),
  FALSE(" in 'false'"),
  NULL(" in 'null'"),
  TEXT(" in a string"),
  ESCAPE(" after '\\' in a string"),
  HEX_DIGIT(" where a hexadecimal digit was expected"),
  DEPTH("");

  private final String context;

  JsonSyntax(String context) {
    this.context = context;
  }

  /** The fault of a document with this at {@code offset}. */
  JsonFault at(byte[] source, int offset) {
    int line = 1;
    int column = 1;
    int last = 0;
    for (int at = JsonBytes.byteOrderMark(source); at < offset; at++) {
      int value = source[at];
      if (value == '\r' || value == '\n' && last != '\r') {
        line++;
        column = 1;
      } else if (value != '\n' && (value & 0xc0) != 0x80) {
        column++;
      }
      last = value;
    }
    String code = this == DEPTH ? "json.depth" : "json.syntax";
    return JsonFault.at(code, message(source, offset), line, column, offset);
  }

  private String message(byte[] source, int offset) {
    int value = JsonBytes.peek(source, offset);
    if (value != END && JsonBytes.sequence(source, offset) == 0) {
      return String.format("invalid UTF-8 byte 0x%02X", value);
    }
    String found = found(source, offset, value);
    return switch (this) {
      case DEPTH -> "nesting deeper than " + JsonScanner.MAX_DEPTH + " levels";
      case LEADING_ZERO -> "leading zeros are not allowed in a number";
      case TEXT ->
          (value == END ? "unexpected " : "unescaped control character ") + found + context;
      case ELEMENT -> "unexpected " + found + (value == ']' ? " after a trailing ','" : context);
      case KEY -> "unexpected " + found + (value == '}' ? " after a trailing ','" : context);
      default -> "unexpected " + found + context;
    };
  }

  /** What stands at the offset, safe to print: ASCII as it is, all else by its number. */
  private static String found(byte[] source, int offset, int value) {
    if (value == END) {
      return "end of input";
    }
    if (value == '\'') {
      return "\"'\"";
    }
    if (value >= 0x20 && value < 0x7f) {
      return "'" + (char) value + "'";
    }
    return String.format("U+%04X", JsonBytes.codePoint(source, offset));
  }
}
