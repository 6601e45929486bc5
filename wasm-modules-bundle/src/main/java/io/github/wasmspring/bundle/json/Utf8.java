package io.github.wasmspring.bundle.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Strings as UTF-8 and back, without the silent question marks of {@link String#getBytes}. */
final class Utf8 {

  private Utf8() {}

  /**
   * Encodes {@code text}.
   *
   * @throws IllegalArgumentException if it holds half of a surrogate pair
   */
  static byte[] encode(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (Character.charCount(text.codePointAt(at)) == 1) {
          throw new IllegalArgumentException(
              "half of a surrogate pair at index " + at + " has no UTF-8 form");
        }
        at++;
      }
    }
    return text.getBytes(UTF_8);
  }

  static String decode(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
