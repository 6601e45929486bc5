package io.github.wasmspring.bundle.strings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.wasmspring.bundle.hash.Hash;
import java.util.stream.IntStream;

/**
 * What the operations of the string module answer in Java.
 *
 * <p>Strings must be encodable as UTF-8: one that holds half of a surrogate pair is refused with an
 * {@link IllegalArgumentException}.
 */
final class JavaStrings {

  private static final Hash HASHES = new Hash() {};

  private JavaStrings() {}

  /** The xxHash64 of the UTF-8 form, with seed 0. */
  static long hash(String text) {
    return HASHES.xxh64(requirePairs(text).getBytes(UTF_8), 0);
  }

  /** -1, 0 or 1 in the order of code points, which {@link String#compareTo} does not follow. */
  static int compare(String text, String other) {
    requirePairs(text);
    requirePairs(other);
    int length = Math.min(text.length(), other.length());
    for (int at = 0; at < length; at++) {
      char one = text.charAt(at);
      char two = other.charAt(at);
      if (one != two) {
        boolean pair = Character.isSurrogate(one);
        // A pair stands above all other characters.
        return pair == Character.isSurrogate(two) ? Integer.signum(one - two) : pair ? 1 : -1;
      }
    }
    return Integer.signum(text.length() - other.length());
  }

  /** The first occurrence, or -1. An empty needle is found nowhere. */
  static int search(String text, String needle) {
    requirePairs(text);
    requirePairs(needle);
    return needle.isEmpty() ? -1 : text.indexOf(needle);
  }

  /** How often the needle occurs, from left to right and without overlap. */
  static int count(String text, String needle) {
    return (int) occurrences(text, needle).count();
  }

  /** The occurrences that {@link #count} counts. */
  static int[] searchAll(String text, String needle) {
    return occurrences(text, needle).toArray();
  }

  private static IntStream occurrences(String text, String needle) {
    return IntStream.iterate(
        search(text, needle), at -> at >= 0, at -> text.indexOf(needle, at + needle.length()));
  }

  private static String requirePairs(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (Character.charCount(text.codePointAt(at)) == 1) {
          throw new IllegalArgumentException(
              "half of a surrogate pair at index " + at + " has no UTF-8 form");
        }
        at++;
      }
    }
    return text;
  }
}
