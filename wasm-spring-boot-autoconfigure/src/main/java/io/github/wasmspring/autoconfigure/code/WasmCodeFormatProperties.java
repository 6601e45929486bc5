package io.github.wasmspring.autoconfigure.code;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Lazy;

/** Configuration properties for the formatter of code. */
@Lazy
@ConfigurationProperties("wasm.services.code.format")
public class WasmCodeFormatProperties {

  /** Whether there is a formatter, where the jar of the code services is on the class path. */
  private boolean enabled = true;

  /** Columns of a level of indentation. */
  private int indentWidth = 2;

  /** Whether levels are indented by tabs. */
  private boolean tabs = false;

  /** Columns that lines should not be longer than. */
  private int lineWidth = 80;

  /** Quotes of JavaScript and TypeScript. */
  private Quotes quotes = Quotes.DOUBLE;

  /** Semicolons of JavaScript and TypeScript. */
  private Semicolons semicolons = Semicolons.ALWAYS;

  /** Trailing commas of JavaScript and TypeScript. */
  private TrailingCommas trailingCommas = TrailingCommas.MULTI_LINE;

  /** How lines end. */
  private LineEnding lineEnding = LineEnding.LF;

  /** Longest text that is formatted, in chars. */
  private int maxLength = 4_000_000;

  /** Options of dprint by typescript, json or markdown, which go before all others. */
  private final Map<String, Map<String, String>> dprint = new LinkedHashMap<>();

  public boolean isEnabled() {
    return this.enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  public int getIndentWidth() {
    return this.indentWidth;
  }

  public void setIndentWidth(int indentWidth) {
    this.indentWidth = indentWidth;
  }

  public boolean isTabs() {
    return this.tabs;
  }

  public void setTabs(boolean tabs) {
    this.tabs = tabs;
  }

  public int getLineWidth() {
    return this.lineWidth;
  }

  public void setLineWidth(int lineWidth) {
    this.lineWidth = lineWidth;
  }

  public Quotes getQuotes() {
    return this.quotes;
  }

  public void setQuotes(Quotes quotes) {
    this.quotes = quotes;
  }

  public Semicolons getSemicolons() {
    return this.semicolons;
  }

  public void setSemicolons(Semicolons semicolons) {
    this.semicolons = semicolons;
  }

  public TrailingCommas getTrailingCommas() {
    return this.trailingCommas;
  }

  public void setTrailingCommas(TrailingCommas trailingCommas) {
    this.trailingCommas = trailingCommas;
  }

  public LineEnding getLineEnding() {
    return this.lineEnding;
  }

  public void setLineEnding(LineEnding lineEnding) {
    this.lineEnding = lineEnding;
  }

  public int getMaxLength() {
    return this.maxLength;
  }

  public void setMaxLength(int maxLength) {
    this.maxLength = maxLength;
  }

  public Map<String, Map<String, String>> getDprint() {
    return this.dprint;
  }

  // Of their own, so that properties can be checked where the jar of the code services is not.

  /** Quotes of JavaScript and TypeScript. */
  public enum Quotes {
    DOUBLE,
    SINGLE,
    PREFER_DOUBLE,
    PREFER_SINGLE
  }

  /** Semicolons of JavaScript and TypeScript. */
  public enum Semicolons {
    ALWAYS,
    NEEDED
  }

  /** Trailing commas of JavaScript and TypeScript. */
  public enum TrailingCommas {
    NEVER,
    ALWAYS,
    MULTI_LINE
  }

  /** How lines end. */
  public enum LineEnding {
    LF,
    CRLF,
    KEEP
  }
}
