package io.github.wasmspring.code;

import java.util.Locale;

/** A formatter of dprint, which is a module. */
enum DprintPlugin {
  TYPESCRIPT(
      CodeFormatModules.TYPESCRIPT, "0.96.1", "typescript", "JavaScript, TypeScript and JSX"),
  JSON(CodeFormatModules.JSON, "0.24.0", "json", "JSON"),
  MARKDOWN(CodeFormatModules.MARKDOWN, "0.28.1", "markdown", "Markdown");

  private final String module;
  private final String version;
  private final String key;
  private final String languages;

  DprintPlugin(String module, String version, String key, String languages) {
    this.module = module;
    this.version = version;
    this.key = key;
    this.languages = languages;
  }

  static DprintPlugin of(CodeLanguage language) {
    return switch (language) {
      case JAVASCRIPT, JSX, TYPESCRIPT, TSX -> TYPESCRIPT;
      case JSON -> JSON;
      case MARKDOWN -> MARKDOWN;
    };
  }

  String module() {
    return this.module;
  }

  /** As the package of npm has it. */
  String version() {
    return this.version;
  }

  /** What the build has made of the module. */
  String compiledClass() {
    return "io.github.wasmspring.internal.code.compiled.Dprint"
        + name().charAt(0)
        + name().substring(1).toLowerCase(Locale.ROOT)
        + "Code";
  }

  /** By which a configuration of dprint has its part. */
  String key() {
    return this.key;
  }

  String languages() {
    return this.languages;
  }
}
