package io.github.wasmspring.bundle.json;

/** What an operation answers instead of a result; the Java form of the module's error result. */
final class JsonFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String reason;
  private final int line;
  private final int column;
  private final int offset;

  private JsonFault(String code, String reason, String place, int line, int column, int offset) {
    super(reason + place, null, false, false);
    this.code = code;
    this.reason = reason;
    this.line = line;
    this.column = column;
    this.offset = offset;
  }

  /** A fault of an argument other than the document. */
  static JsonFault of(String code, String message) {
    return new JsonFault(code, message, "", 0, 0, -1);
  }

  /** A fault at a place of the document. */
  static JsonFault at(String code, String reason, int line, int column, int offset) {
    String place = " at line " + line + ", column " + column;
    return new JsonFault(code, reason, place, line, column, offset);
  }

  String code() {
    return code;
  }

  /** The message without the place. */
  String reason() {
    return reason;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  /** The offset in bytes of UTF-8, or -1 where the fault has no place. */
  int offset() {
    return offset;
  }
}
