package io.github.wasmspring.sqlite.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement: keywords and names, in lower case and without their quotes. What stands
 * in text, numbers and comments is none. Whatever comes is read; SQLite is the one that complains.
 */
final class SqlWords {

  private final String sql;
  private int at;

  private SqlWords(String sql) {
    this.sql = sql;
  }

  static List<String> of(String sql) {
    SqlWords words = new SqlWords(sql);
    List<String> all = new ArrayList<>();
    String word = words.next();
    while (!word.isEmpty()) {
      all.add(word);
      word = words.next();
    }
    return all;
  }

  /** Empty if there is none. */
  static String first(String sql) {
    return new SqlWords(sql).next();
  }

  private String next() {
    while (this.at < this.sql.length()) {
      int start = this.at;
      char c = this.sql.charAt(start);
      if (this.sql.startsWith("--", start)) {
        skipAfter("\n");
      } else if (this.sql.startsWith("/*", start)) {
        this.at += 2;
        skipAfter("*/");
      } else if (c == '\'') {
        quoted('\'');
      } else if (c == '"' || c == '`') {
        return quoted(c);
      } else if (c == '[') {
        this.at++;
        skipAfter("]");
        return word(start + 1, Math.max(start + 1, this.at - 1));
      } else if (isPart(c)) {
        skipParts();
        if (!Character.isDigit(c)) {
          return word(start, this.at);
        }
      } else {
        this.at++;
      }
    }
    return "";
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 0x7f;
  }

  private void skipParts() {
    while (this.at < this.sql.length() && isPart(this.sql.charAt(this.at))) {
      this.at++;
    }
  }

  private void skipAfter(String end) {
    int found = this.sql.indexOf(end, this.at);
    this.at = found < 0 ? this.sql.length() : found + end.length();
  }

  /** Up to the quote that is not doubled. */
  private String quoted(char quote) {
    StringBuilder content = new StringBuilder();
    this.at++;
    while (this.at < this.sql.length()) {
      char c = this.sql.charAt(this.at++);
      if (c == quote) {
        if (this.at >= this.sql.length() || this.sql.charAt(this.at) != quote) {
          break;
        }
        this.at++;
      }
      content.append(c);
    }
    return content.toString().toLowerCase(Locale.ROOT);
  }

  private String word(int from, int to) {
    return this.sql.substring(from, to).toLowerCase(Locale.ROOT);
  }
}
