package io.github.wasmspring.code;

import io.github.wasmspring.code.CodeFormatSettings.Quotes;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Settings in the words of dprint. */
final class DprintConfiguration {

  private DprintConfiguration() {}

  /** As the formatter takes it, in JSON. */
  static String of(CodeFormatSettings settings, DprintPlugin plugin) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (plugin == DprintPlugin.TYPESCRIPT) {
      options.putAll(typescript(settings));
    }
    options.putAll(settings.dprint().getOrDefault(plugin.key(), Map.of()));
    return JsonMapper.shared()
        .writeValueAsString(Map.of("global", global(settings), "plugin", options));
  }

  private static Map<String, Object> global(CodeFormatSettings settings) {
    return Map.of(
        "indentWidth", settings.indentWidth(),
        "useTabs", settings.tabs(),
        "lineWidth", settings.lineWidth(),
        "newLineKind",
            switch (settings.lineEnding()) {
              case LF -> "lf";
              case CRLF -> "crlf";
              case KEEP -> "auto";
            });
  }

  private static Map<String, Object> typescript(CodeFormatSettings settings) {
    return Map.of(
        "quoteStyle",
        switch (settings.quotes()) {
          case DOUBLE -> "alwaysDouble";
          case SINGLE -> "alwaysSingle";
          case PREFER_DOUBLE -> "preferDouble";
          case PREFER_SINGLE -> "preferSingle";
        },
        "jsx.quoteStyle",
        settings.quotes() == Quotes.SINGLE || settings.quotes() == Quotes.PREFER_SINGLE
            ? "preferSingle"
            : "preferDouble",
        "semiColons",
        switch (settings.semicolons()) {
          case ALWAYS -> "prefer";
          case NEEDED -> "asi";
        },
        "trailingCommas",
        switch (settings.trailingCommas()) {
          case NEVER -> "never";
          case ALWAYS -> "always";
          case MULTI_LINE -> "onlyMultiLine";
        });
  }
}
