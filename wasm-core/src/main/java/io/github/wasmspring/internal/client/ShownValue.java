package io.github.wasmspring.internal.client;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An argument or answer in one short line of a log, whoever has made it. */
final class ShownValue {

  private static final int MOST_CHARACTERS = 100;
  private static final int MOST_BYTES = 32;
  private static final int MOST_ELEMENTS = 10;

  private ShownValue() {}

  /** What it is and how large. */
  static String size(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
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
    return type.getSimpleName();
  }

  private static String counted(int number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  /** The same, and how it begins. */
  static String contents(@Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    String size = size(value);
    if (value instanceof CharSequence text) {
      return "%s (%s)".formatted(quoted(text), size);
    }
    if (value instanceof byte[] bytes) {
      return "%s (%s)".formatted(hex(ByteBuffer.wrap(bytes)), size);
    }
    if (value instanceof ByteBuffer buffer) {
      return "%s (%s)".formatted(hex(buffer), size);
    }
    if (value.getClass().isArray()) {
      return "%s (%s)".formatted(elements(value), size);
    }
    return "%s (%s)".formatted(quoted(text(value)), size);
  }

  private static String hex(ByteBuffer buffer) {
    byte[] begin = new byte[Math.min(MOST_BYTES, buffer.remaining())];
    buffer.duplicate().get(begin);
    return HexFormat.of().formatHex(begin) + (buffer.remaining() > begin.length ? "…" : "");
  }

  private static String elements(Object array) {
    int length = Array.getLength(array);
    return IntStream.range(0, Math.min(MOST_ELEMENTS, length))
        .mapToObj(index -> Array.get(array, index))
        .map(element -> cut(text(element)))
        .collect(Collectors.joining(", ", "[", length > MOST_ELEMENTS ? ", …]" : "]"));
  }

  /** What the application has made may do anything when it is asked what it is. */
  private static String text(@Nullable Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException failure) {
      return "can't be shown: " + failure.getClass().getName();
    }
  }

  private static String quoted(CharSequence text) {
    return '"' + cut(text) + '"';
  }

  /** Nothing in it ends a line, or does something to a terminal. */
  private static String cut(CharSequence text) {
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
        int type = Character.getType(character);
        boolean hidden =
            type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        if (hidden) {
          text.append("\\u{%x}".formatted(character));
        } else {
          text.appendCodePoint(character);
        }
      }
    }
  }
}
