package io.github.wasmspring.memory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the memory does not take. */
final class MemoryChecks {

  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}");
  private static final int LONGEST_KEY = 512;
  private static final int LONGEST_TAG = 100;
  private static final int MOST_TAGS = 64;
  private static final int MOST_DIMENSIONS = 16384;
  private static final Duration LONGEST_TTL = Duration.ofDays(36525);

  /** Between these squared lengths an index of vectors takes them, whatever its metric. */
  private static final float LONGEST_VECTOR = 1e37f;

  private static final float SHORTEST_VECTOR = 1e-30f;

  private MemoryChecks() {}

  static void checkNamespace(String name) {
    if (!NAMESPACE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name for a namespace of the agent memory: it begins with a letter or digit, and has up to 100 of these, '.', '-', '_', ':' and '/'"
              .formatted(shortened(name)));
    }
  }

  static void checkKey(String key) {
    checkText("A key", key, LONGEST_KEY);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("A key of the agent memory must not be empty");
    }
  }

  static void checkPrefix(String prefix) {
    checkText("A prefix", prefix, LONGEST_KEY);
  }

  private static void checkText(String what, String text, int longest) {
    Objects.requireNonNull(text, () -> what + " of the agent memory must not be null");
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          "%s of the agent memory has at most %d characters, and this has %d: %s"
              .formatted(what, longest, text.length(), shortened(text)));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "%s of the agent memory must not have control characters".formatted(what));
    }
    utf8(text);
  }

  private static String shortened(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "…";
  }

  static Set<String> checkedTags(Collection<String> tags) {
    Objects.requireNonNull(tags, "Tags may be empty, but not null");
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException(
          "There may be 64 tags in the agent memory, not " + tags.size());
    }
    for (String tag : tags) {
      checkText("A tag", tag, LONGEST_TAG);
      if (tag.isEmpty()) {
        throw new IllegalArgumentException("A tag of the agent memory must not be empty");
      }
    }
    return Collections.unmodifiableSet(new TreeSet<>(tags));
  }

  static void checkTtl(Duration ttl) {
    if (ttl.isNegative() || ttl.compareTo(LONGEST_TTL) > 0) {
      throw new IllegalArgumentException(
          "A time to live in the agent memory is 0 to 100 years, not " + ttl);
    }
  }

  /** A copy of the vector. */
  static float[] checkedVector(float[] vector) {
    float[] copy = vector.clone();
    if (copy.length < 1 || copy.length > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "A vector of the agent memory has 1 to 16384 dimensions, not " + copy.length);
    }
    float square = 0;
    for (float number : copy) {
      square += number * number;
    }
    if (!(square >= SHORTEST_VECTOR && square <= LONGEST_VECTOR)) {
      throw new IllegalArgumentException(
          "A vector of the agent memory has finite numbers, and a squared length between 1e-30 and 1e37; here that is "
              + square);
    }
    return copy;
  }

  /**
   * @throws IllegalArgumentException if it has half of a surrogate pair, which would be lost
   */
  static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException broken) {
      throw new IllegalArgumentException(
          "A text of the agent memory has half of a surrogate pair, which has no UTF-8", broken);
    }
  }
}
