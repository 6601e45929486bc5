package com.example.slugs;

import io.github.wasmspring.WasmModule;
import java.util.Locale;

/** Makes the part of a URL that names an article. Becomes a bean by itself: inject it. */
@WasmModule("slugs")
public interface Slugs {

  /**
   * Letters and digits of ASCII in lower case, one hyphen for whatever stands between them.
   *
   * @param maxLength the most characters, positive
   */
  default String slug(String title, int maxLength) {
    // Answers when the module can't. Leave the body out, and such a call fails instead.
    String slug =
        title.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "").toLowerCase(Locale.ROOT);
    return slug.substring(0, Math.min(slug.length(), maxLength)).replaceAll("-$", "");
  }
}
