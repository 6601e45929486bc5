package io.github.wasmspring.bundle.json;

/**
 * What the operations of the JSON module answer in Java.
 *
 * <p>Strings must be encodable as UTF-8: a {@code String} that holds half of a surrogate pair is
 * refused with an {@link IllegalArgumentException} (the escape {@code \ud800} is allowed).
 */
final class JavaJson {

  private JavaJson() {}

  /**
   * Lays a document out over lines, {@code indent} spaces (0 to 16) per level; with none it is
   * minified.
   *
   * @param sortKeys whether the members of every object are sorted by the code points of their keys
   * @throws JsonFault if the document is malformed or the indent out of range
   */
  static String format(String json, int indent, boolean sortKeys) {
    return Utf8.decode(JsonFormatter.format(Utf8.encode(json), indent, sortKeys));
  }

  /**
   * Removes the white space between the tokens of a document.
   *
   * @throws JsonFault if the document is malformed
   */
  static String minify(String json) {
    return format(json, 0, false);
  }

  /** Tells whether a document is valid, and if not where and why. */
  static JsonValidation validate(String json) {
    return validate(Utf8.encode(json));
  }

  /** The same for bytes, which need not be valid UTF-8. */
  static JsonValidation validate(byte[] json) {
    try {
      JsonScanner.scan(json, JsonHandler.NONE);
      return JsonValidation.ofValid();
    } catch (JsonFault fault) {
      return JsonValidation.of(fault);
    }
  }

  /**
   * Brings a document to its normal form: minified, strings escaped no more than they must be,
   * numbers as they are written, and of members with the same key the last value in the place of
   * the first.
   *
   * @throws JsonFault if the document is malformed
   */
  static String parse(String json) {
    return Utf8.decode(JsonNormalizer.normalize(Utf8.encode(json)));
  }

  /**
   * Finds the minified text of the value at a JSON Pointer (RFC 6901).
   *
   * @throws JsonFault if the document or the pointer is malformed, or nothing is there
   */
  static String query(String json, String pointer) {
    return Utf8.decode(JsonPointerQuery.query(Utf8.encode(json), Utf8.encode(pointer)));
  }
}
