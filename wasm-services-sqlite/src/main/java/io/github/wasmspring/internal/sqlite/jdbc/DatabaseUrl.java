package io.github.wasmspring.internal.sqlite.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a URL says: {@code jdbc:wasm-sqlite:FILE?name=value&name=value}.
 *
 * @param file {@code null} for a database in memory
 * @param parameters by name
 */
public record DatabaseUrl(@Nullable Path file, Map<String, String> parameters) {

  public static final String PREFIX = "jdbc:wasm-sqlite:";

  /** Parameters that are pragmas of the same name, in the order in which they are set. */
  static final Set<String> PRAGMAS =
      Set.of(
          "journal_mode",
          "synchronous",
          "foreign_keys",
          "cache_size",
          "recursive_triggers",
          "max_page_count");

  private static final Set<String> OTHERS =
      Set.of(
          "busy_timeout",
          "transaction_mode",
          "mode",
          "memory_limit",
          "write_limit",
          "call_limit",
          "statement_cache");

  private static final Set<String> IGNORED = Set.of("user", "password");
  private static final Pattern VALUE = Pattern.compile("-?[A-Za-z0-9_]+");

  /**
   * @param more parameters; the URL's go before
   */
  public static DatabaseUrl parse(String url, Properties more) throws SQLException {
    String text = url.substring(PREFIX.length());
    int question = text.indexOf('?');
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String name : more.stringPropertyNames()) {
      if (!IGNORED.contains(name)) {
        parameters.put(name, more.getProperty(name));
      }
    }
    if (question >= 0) {
      for (String pair : text.substring(question + 1).split("&")) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw wrong("'%s' in the URL %s is not name=value".formatted(pair, url));
        }
        parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    check(parameters);
    String file = question < 0 ? text : text.substring(0, question);
    return new DatabaseUrl(file.equals(":memory:") ? null : path(file, url), parameters);
  }

  private static void check(Map<String, String> parameters) throws SQLException {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (!PRAGMAS.contains(name) && !OTHERS.contains(name)) {
        Set<String> known = new TreeSet<>(PRAGMAS);
        known.addAll(OTHERS);
        throw wrong("There is no parameter '%s' of SQLite; there are %s".formatted(name, known));
      }
      if (!VALUE.matcher(parameter.getValue()).matches()) {
        throw wrong("'%s' can't be the value of %s".formatted(parameter.getValue(), name));
      }
    }
  }

  /** Without links, so that everybody has the same name for a file. */
  private static Path path(String file, String url) throws SQLException {
    if (file.isEmpty()) {
      throw wrong(
          "The URL %s names no file; write jdbc:wasm-sqlite:/path/file.db or jdbc:wasm-sqlite::memory:"
              .formatted(url));
    }
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      Path name = path.getFileName();
      Path parent = path.getParent();
      if (name == null || parent == null || Files.isDirectory(path)) {
        throw wrong(path + " is a directory; a database is a file");
      }
      return Files.exists(path) ? path.toRealPath() : parent.toRealPath().resolve(name);
    } catch (IOException | InvalidPathException failure) {
      throw new SQLNonTransientConnectionException(
          "The directory of the database %s can't be used: %s; create it, or correct the URL"
              .formatted(file, failure),
          "08001",
          failure);
    }
  }

  String parameter(String name, String other) {
    return this.parameters.getOrDefault(name, other);
  }

  /**
   * @throws SQLException if it is not a number, or negative
   */
  long number(String name, long other) throws SQLException {
    String value = this.parameters.get(name);
    if (value == null) {
      return other;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException none) {
      throw wrong("%s must be a number, not '%s'".formatted(name, value));
    }
    throw wrong("%s must not be negative, but it is %s".formatted(name, value));
  }

  static SQLException wrong(String message) {
    return new SQLNonTransientConnectionException(message, "08001");
  }
}
