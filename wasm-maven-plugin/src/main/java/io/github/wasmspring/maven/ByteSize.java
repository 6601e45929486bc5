package io.github.wasmspring.maven;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sizes as Spring writes them: {@code 512}, {@code 64KB}, {@code 2MB}. */
final class ByteSize {

  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB)?");

  /** Each 1,024 of the one before. */
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");

  private ByteSize() {}

  /**
   * In bytes.
   *
   * @return {@code Long.MAX_VALUE} if there is none
   * @throws IllegalArgumentException if it is no size
   */
  static long parse(String parameter, @Nullable String text) {
    if (text == null) {
      return Long.MAX_VALUE;
    }
    Matcher size = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "<%s> is '%s', which is no size such as 512KB or 16MB".formatted(parameter, text));
    }
    String unit = size.group(2) == null ? "B" : size.group(2);
    return Long.parseLong(size.group(1)) << 10 * UNITS.indexOf(unit);
  }
}
