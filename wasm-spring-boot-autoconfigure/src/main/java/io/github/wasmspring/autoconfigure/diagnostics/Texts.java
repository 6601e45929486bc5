package io.github.wasmspring.autoconfigure.diagnostics;

import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.util.StringUtils;

/** Lays texts out for people. */
public final class Texts {

  private Texts() {}

  /** One item per line, each line indented and begun by a line break. */
  public static String list(Collection<String> items) {
    return items.stream()
        .map(item -> System.lineSeparator() + (item.isEmpty() ? "" : "    " + item))
        .collect(Collectors.joining());
  }

  static String capitalized(String text) {
    return StringUtils.capitalize(text);
  }

  /** A sentence with a full stop, unless it ends otherwise. */
  static String sentence(String text) {
    return text.endsWith("?") ? text : text + ".";
  }

  /** Paragraphs, parted by empty lines. */
  static String paragraphs(String... paragraphs) {
    return String.join(System.lineSeparator() + System.lineSeparator(), paragraphs);
  }
}
