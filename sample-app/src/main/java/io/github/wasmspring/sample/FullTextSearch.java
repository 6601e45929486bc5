package io.github.wasmspring.sample;

import io.github.wasmspring.sqlite.WasmSqliteDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds documents by their words: FTS5 of SQLite, in a database in memory. */
@Component
class FullTextSearch {

  /** Around what was found; no text has them. */
  private static final char BEGIN = '\u0001';

  private static final char END = '\u0002';

  private static final int MOST_WORDS = 20;

  /** Too much begins with what is shorter. */
  private static final int SHORTEST_BEGINNING = 3;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern CONTROLS = Pattern.compile("[\\u0000-\\u0008]");

  private final WasmSqliteDataSource database =
      new WasmSqliteDataSource("jdbc:wasm-sqlite::memory:?memory_limit=64");

  /**
   * A document that was found.
   *
   * @param place of the document, from 0 on
   * @param pieces its text, of which every second piece is a word that was found
   */
  record Hit(int place, List<String> pieces) {}

  /** Those with a word of the question, or one that begins so; the best first. */
  List<Hit> search(List<String> documents, String question, int most) throws SQLException {
    String words = query(question);
    if (words.isEmpty()) {
      return List.of();
    }
    try (Connection connection = this.database.getConnection()) {
      fill(connection, documents);
      try (PreparedStatement search =
          connection.prepareStatement(
              """
              SELECT rowid, highlight(document, 0, char(1), char(2)) FROM document
                WHERE document MATCH ? ORDER BY rank LIMIT ?""")) {
        search.setString(1, words);
        search.setInt(2, most);
        List<Hit> hits = new ArrayList<>();
        try (ResultSet rows = search.executeQuery()) {
          while (rows.next()) {
            hits.add(new Hit(rows.getInt(1), pieces(rows.getString(2))));
          }
        }
        return hits;
      }
    }
  }

  private static void fill(Connection connection, List<String> documents) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE VIRTUAL TABLE document USING fts5(text, tokenize='unicode61 remove_diacritics 2')");
    }
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO document (rowid, text) VALUES (?, ?)")) {
      for (int place = 0; place < documents.size(); place++) {
        insert.setInt(1, place);
        insert.setString(2, CONTROLS.matcher(documents.get(place)).replaceAll(" "));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  /** Each word in quotes, so that nothing of a question is an operator. */
  private static String query(String question) {
    return Arrays.stream(BETWEEN_WORDS.split(question))
        .filter(word -> !word.isEmpty())
        .limit(MOST_WORDS)
        .map(word -> "\"" + word + (word.length() < SHORTEST_BEGINNING ? "\"" : "\" *"))
        .collect(Collectors.joining(" OR "));
  }

  private static List<String> pieces(String marked) {
    return List.of(marked.replace(END, BEGIN).split(String.valueOf(BEGIN), -1));
  }
}
