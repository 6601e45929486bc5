package io.github.wasmspring.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How code is to look.
 *
 * @param indentWidth columns of a level, 1 to 32
 * @param tabs whether levels are indented by tabs, which count as {@code indentWidth} columns
 * @param lineWidth columns that lines should not be longer than, 10 to 1,000; Markdown keeps its
 *     lines, but code in it does not
 * @param quotes of JavaScript and TypeScript
 * @param semicolons of JavaScript and TypeScript
 * @param trailingCommas of JavaScript and TypeScript; those of JSON stay
 * @param lineEnding of all languages
 * @param maxLength the longest text that is taken, in chars
 * @param dprint what has no setting here, as a configuration of dprint has it: by {@code
 *     typescript}, {@code json} or {@code markdown}, then by the name of the option; goes before
 *     the settings here. Values are texts, numbers, booleans, lists and maps of them
 */
public record CodeFormatSettings(
    int indentWidth,
    boolean tabs,
    int lineWidth,
    Quotes quotes,
    Semicolons semicolons,
    TrailingCommas trailingCommas,
    LineEnding lineEnding,
    int maxLength,
    Map<String, Map<String, Object>> dprint) {

  /** Of texts in code. */
  public enum Quotes {
    DOUBLE,
    SINGLE,
    /** Double ones, but where others need less escaping. */
    PREFER_DOUBLE,
    /** Single ones, but where others need less escaping. */
    PREFER_SINGLE
  }

  /** At the ends of statements. */
  public enum Semicolons {
    ALWAYS,
    /** Only where the meaning would be another without them. */
    NEEDED
  }

  /** After the last of several. */
  public enum TrailingCommas {
    NEVER,
    ALWAYS,
    /** Where each has a line of its own. */
    MULTI_LINE
  }

  /** Of all lines. */
  public enum LineEnding {
    LF,
    CRLF,
    /** The one that the last line of the text has. */
    KEEP
  }

  /** Two columns, lines of 80, double quotes, semicolons, line feeds, at most 4,000,000 chars. */
  public static final CodeFormatSettings DEFAULTS = new Builder().build();

  private static final int MOST_INDENT = 32;
  private static final int LEAST_WIDTH = 10;
  private static final int MOST_WIDTH = 1000;

  /**
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public CodeFormatSettings {
    require(
        indentWidth >= 1 && indentWidth <= MOST_INDENT,
        "A level is indented by 1 to 32 columns, not by " + indentWidth);
    require(
        lineWidth >= LEAST_WIDTH && lineWidth <= MOST_WIDTH,
        "Lines have 10 to 1000 columns, not " + lineWidth);
    require(maxLength >= 1, "The longest text has at least one char, not " + maxLength);
    Objects.requireNonNull(quotes, "There are no quotes");
    Objects.requireNonNull(semicolons, "Nothing is said of semicolons");
    Objects.requireNonNull(trailingCommas, "Nothing is said of trailing commas");
    Objects.requireNonNull(lineEnding, "Nothing is said of how lines end");
    Map<String, Map<String, Object>> copy = new HashMap<>();
    dprint.forEach((plugin, options) -> copy.put(plugin, copy(plugin, options)));
    dprint = Map.copyOf(copy);
  }

  private static Map<String, Object> copy(String plugin, Map<String, Object> options) {
    require(
        List.of("typescript", "json", "markdown").contains(plugin),
        "There is a configuration of dprint for typescript, json and markdown, not for " + plugin);
    options.forEach(
        (name, value) ->
            require(
                isPlain(value),
                "The option %s.%s of dprint can't be %s".formatted(plugin, name, value)));
    return Map.copyOf(options);
  }

  private static boolean isPlain(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().allMatch(CodeFormatSettings::isPlain);
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .allMatch(each -> each.getKey() instanceof String && isPlain(each.getValue()));
    }
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * These settings, but for what is changed.
   *
   * @throws IllegalArgumentException if a value can never be; the message says which
   */
  public CodeFormatSettings with(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  /** Collects settings. What can never be is refused when they are built. */
  public static final class Builder {

    private int indentWidth = 2;
    private boolean tabs;
    private int lineWidth = 80;
    private Quotes quotes = Quotes.DOUBLE;
    private Semicolons semicolons = Semicolons.ALWAYS;
    private TrailingCommas trailingCommas = TrailingCommas.MULTI_LINE;
    private LineEnding lineEnding = LineEnding.LF;
    private int maxLength = 4_000_000;
    private final Map<String, Map<String, Object>> dprint = new HashMap<>();

    private Builder() {}

    private Builder(CodeFormatSettings from) {
      this.indentWidth = from.indentWidth;
      this.tabs = from.tabs;
      this.lineWidth = from.lineWidth;
      this.quotes = from.quotes;
      this.semicolons = from.semicolons;
      this.trailingCommas = from.trailingCommas;
      this.lineEnding = from.lineEnding;
      this.maxLength = from.maxLength;
      from.dprint.forEach((plugin, options) -> this.dprint.put(plugin, new HashMap<>(options)));
    }

    public Builder indentWidth(int columns) {
      this.indentWidth = columns;
      return this;
    }

    public Builder tabs(boolean tabs) {
      this.tabs = tabs;
      return this;
    }

    public Builder lineWidth(int columns) {
      this.lineWidth = columns;
      return this;
    }

    public Builder quotes(Quotes quotes) {
      this.quotes = quotes;
      return this;
    }

    public Builder semicolons(Semicolons semicolons) {
      this.semicolons = semicolons;
      return this;
    }

    public Builder trailingCommas(TrailingCommas trailingCommas) {
      this.trailingCommas = trailingCommas;
      return this;
    }

    public Builder lineEnding(LineEnding lineEnding) {
      this.lineEnding = lineEnding;
      return this;
    }

    public Builder maxLength(int chars) {
      this.maxLength = chars;
      return this;
    }

    /**
     * An option as a configuration of dprint has it, for what has no setting here.
     *
     * @param plugin {@code typescript}, {@code json} or {@code markdown}
     * @param name for instance {@code arrowFunction.useParentheses}
     */
    public Builder dprint(String plugin, String name, Object value) {
      this.dprint.computeIfAbsent(plugin, key -> new HashMap<>()).put(name, value);
      return this;
    }

    /**
     * @throws IllegalArgumentException if a value can never be; the message says which
     */
    public CodeFormatSettings build() {
      return new CodeFormatSettings(
          this.indentWidth,
          this.tabs,
          this.lineWidth,
          this.quotes,
          this.semicolons,
          this.trailingCommas,
          this.lineEnding,
          this.maxLength,
          this.dprint);
    }
  }
}
