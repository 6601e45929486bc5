package io.github.wasmspring.code;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.client.WasmModuleManager;
import java.util.List;
import java.util.Objects;

/**
 * Formats code with the modules of one manager. What is formatted already stays as it is. For many
 * threads. Nothing formats in place of the modules: where these may not run, nothing does.
 */
public final class CodeFormatter {

  private final CodeFormatSettings settings;
  private final FormatRun run;

  private CodeFormatter(WasmModuleManager manager, CodeFormatSettings settings) {
    this.settings = settings;
    this.run = new FormatRun(manager, settings);
  }

  /**
   * @param manager to whose modules those of {@link CodeFormatModules} belong
   */
  public static CodeFormatter of(WasmModuleManager manager) {
    return of(manager, CodeFormatSettings.DEFAULTS);
  }

  public static CodeFormatter of(WasmModuleManager manager, CodeFormatSettings settings) {
    return new CodeFormatter(
        Objects.requireNonNull(manager, "There is no manager"),
        Objects.requireNonNull(settings, "There are no settings"));
  }

  public CodeFormatSettings settings() {
    return this.settings;
  }

  /**
   * The text as it should look. A byte order mark is left out. Code in Markdown is formatted if its
   * language is known and it has no errors.
   *
   * @throws CodeException {@code SYNTAX} if the text has errors, {@code TOO_LARGE} if it is longer
   *     than the settings allow, {@code LIMIT} if it took more time, memory or stack than the
   *     module may have, {@code UNSUPPORTED} if dprint refuses an option of the settings
   * @throws WasmException if the module can't be had
   */
  public String format(String text, CodeLanguage language) {
    return this.run.format(text, language);
  }

  /** Whether the text looks as it should; throws what {@link #format} throws. */
  public boolean isFormatted(String text, CodeLanguage language) {
    return format(text, language).equals(text);
  }

  /**
   * What is to be changed so that the text looks as it should, in its order: whole words, and no
   * more of a line than has changed. Throws what {@link #format} throws.
   *
   * @return none if it looks so already; else {@link CodeEdit#apply} makes {@link #format} of it
   */
  public List<CodeEdit> edits(String text, CodeLanguage language) {
    return TextChanges.edits(text, format(text, language));
  }

  /**
   * What is to be changed so that a part of the text looks as it should. Changes go together with
   * the lines that they are made in; if those would not do without others, there are more. Throws
   * what {@link #format} throws, also for errors in other parts.
   *
   * @param part of the text; an empty one is the line that it is in
   * @throws IllegalArgumentException if the part ends outside of the text
   */
  public List<CodeEdit> edits(String text, CodeLanguage language, CodeRange part) {
    if (part.end() > text.length()) {
      throw new IllegalArgumentException(
          "The part of %d to %d ends outside of the text of %d chars"
              .formatted(part.start(), part.end(), text.length()));
    }
    String formatted = format(text, language);
    return new PartialChanges(text, formatted, changed -> leadsTo(formatted, changed, language))
        .edits(part);
  }

  private boolean leadsTo(String formatted, String text, CodeLanguage language) {
    try {
      return format(text, language).equals(formatted);
    } catch (CodeException broken) {
      return false;
    }
  }
}
