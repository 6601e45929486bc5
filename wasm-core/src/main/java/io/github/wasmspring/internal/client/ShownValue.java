package io.github.wasmspring.internal.client;

import io.github.wasmspring.internal.module.ShownText;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An argument or answer in one short line of a log, whoever has made it. */
final class ShownValue {

  private static final int MOST_CHARACTERS = 100;
  private static final int MOST_BYTES = 32;
  private static final int MOST_ELEMENTS = 10;

  private ShownValue() {}

  /** What it is and how large. */
  static String size(@Nullable Object value) {
    return value == null ? "null" : shown(value, ShownValue::sizeOf);
  }

  /** The same, and how it begins. */
  static String contents(@Nullable Object value) {
    return value == null ? "null" : shown(value, ShownValue::contentsOf);
  }

  /** How the message of a failure begins. */
  static String message(Throwable failure) {
    return shown(failure, thrown -> contents(thrown.getMessage()));
  }

  /** What the application has made may do anything when it is asked what it is. */
  private static <T> String shown(T value, Function<T, String> how) {
    try {
      return how.apply(value);
    } catch (RuntimeException | StackOverflowError failure) {
      return "%s (can't be shown: %s)"
          .formatted(name(value.getClass()), failure.getClass().getName());
    }
  }

  private static String name(Class<?> type) {
    return type.isAnonymousClass() ? type.getName() : type.getSimpleName();
  }

  private static String sizeOf(Object value) {
    if (value instanceof CharSequence text) {
      return counted(text.length(), "character");
    }
    if (value instanceof byte[] bytes) {
      return counted(bytes.length, "byte");
    }
    if (value instanceof ByteBuffer buffer) {
      return counted(buffer.remaining(), "byte");
    }
    Class<?> type = value.getClass();
    if (type.isArray()) {
      return "%s[%d]".formatted(type.getComponentType().getSimpleName(), Array.getLength(value));
    }
    if (value instanceof Collection<?> elements) {
      return counted(elements.size(), "element");
    }
    if (value instanceof Map<?, ?> entries) {
      return entries.size() == 1 ? "1 entry" : entries.size() + " entries";
    }
    return name(type);
  }

  private static String counted(int number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  private static String contentsOf(Object value) {
    return isShort(value) ? value.toString() : "%s (%s)".formatted(begin(value), sizeOf(value));
  }

  /** Of the JDK, and never longer than a line. */
  private static boolean isShort(Object value) {
    return value instanceof Boolean
        || value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Float
        || value instanceof Double;
  }

  private static String begin(Object value) {
    if (value instanceof byte[] bytes) {
      return hex(ByteBuffer.wrap(bytes));
    }
    if (value instanceof ByteBuffer buffer) {
      return hex(buffer);
    }
    if (value.getClass().isArray()) {
      int length = Array.getLength(value);
      return first(
          IntStream.range(0, length).mapToObj(index -> element(Array.get(value, index))),
          length > MOST_ELEMENTS);
    }
    if (value instanceof Collection<?> elements) {
      return first(elements.stream().map(ShownValue::element), elements.size() > MOST_ELEMENTS);
    }
    if (value instanceof Map<?, ?> entries) {
      return first(
          entries.entrySet().stream()
              .map(entry -> element(entry.getKey()) + "=" + element(entry.getValue())),
          entries.size() > MOST_ELEMENTS);
    }
    return '"' + cut(text(value)) + '"';
  }

  private static String hex(ByteBuffer buffer) {
    byte[] begin = new byte[Math.min(MOST_BYTES, buffer.remaining())];
    buffer.duplicate().get(begin);
    return HexFormat.of().formatHex(begin) + (buffer.remaining() > begin.length ? "…" : "");
  }

  private static String first(Stream<String> elements, boolean more) {
    return elements
        .limit(MOST_ELEMENTS)
        .collect(Collectors.joining(", ", "[", more ? ", …]" : "]"));
  }

  /** What has elements itself would take as long as it is large. */
  private static String element(@Nullable Object value) {
    boolean hasElements =
        value instanceof Collection<?>
            || value instanceof Map<?, ?>
            || value != null && value.getClass().isArray();
    return hasElements ? size(value) : cut(text(value));
  }

  private static CharSequence text(@Nullable Object value) {
    return value instanceof CharSequence text ? text : String.valueOf(value);
  }

  /** How a text begins. Nothing in it ends a line, or does something to a terminal. */
  static String cut(CharSequence text) {
    int end = Math.min(MOST_CHARACTERS, text.length());
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder cut = new StringBuilder();
    text.subSequence(0, end).codePoints().forEach(character -> append(character, cut));
    return end < text.length() ? cut.append('…').toString() : cut.toString();
  }

  private static void append(int character, StringBuilder text) {
    switch (character) {
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      default -> {
        if (ShownText.isVisible(character)) {
          text.appendCodePoint(character);
        } else {
          text.append("\\u{%x}".formatted(character));
        }
      }
    }
  }
}
