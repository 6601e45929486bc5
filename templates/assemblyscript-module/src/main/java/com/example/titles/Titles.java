package com.example.titles;

import io.github.wasmspring.WasmModule;
import java.util.Locale;

/** Makes headlines. Becomes a bean by itself: inject it. */
@WasmModule("titles")
public interface Titles {

  /**
   * Every word of a text with a capital, cut behind a word.
   *
   * @param maxLength the most characters that the headline may have, at least 1
   */
  default String headline(String text, int maxLength) {
    // Answers when the module can't. Leave the body out, and such a call fails instead.
    if (maxLength < 1) {
      throw new IllegalArgumentException("maxLength must be positive");
    }
    StringBuilder title = new StringBuilder();
    for (String word : text.split(" ")) {
      if (word.isEmpty()) {
        continue;
      }
      int space = title.length() == 0 ? 0 : 1;
      if (title.length() + space + word.length() > maxLength) {
        break;
      }
      title.append(" ".repeat(space));
      title.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return title.toString();
  }

  /** The letter of a text at a place, counted from 0; the module traps where there is none. */
  int letterAt(String text, int index);
}
