package io.github.wasmspring.code;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a text is written in. */
public enum CodeLanguage {
  JAVASCRIPT("js", "mjs", "cjs"),
  /** JavaScript with elements. */
  JSX("jsx"),
  TYPESCRIPT("ts", "mts", "cts"),
  /** TypeScript with elements. */
  TSX("tsx"),
  JSON("json", "jsonc"),
  MARKDOWN("md", "markdown");

  private final List<String> endings;

  CodeLanguage(String... endings) {
    this.endings = List.of(endings);
  }

  /** How names of files end that have it, without the dot; the first is the usual one. */
  public List<String> endings() {
    return this.endings;
  }

  /**
   * By how the name of a file ends, in lower or upper case.
   *
   * @param file a name or a path
   * @throws IllegalArgumentException if the ending is not known
   */
  public static CodeLanguage of(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(language -> language.endings.contains(ending))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The language of %s is not known by its ending; give a CodeLanguage"
                        .formatted(file)));
  }
}
