package io.github.wasmspring.internal.sqlite.flyway;

import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.sqlite.SQLiteParser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.Token;
import org.jspecify.annotations.Nullable;

/** SQLite's language, with the statements that SQLite refuses or ignores in a transaction. */
final class MigrationParser extends SQLiteParser {

  private static final List<String> OUTSIDE_TRANSACTIONS =
      List.of("VACUUM", "ATTACH", "DETACH", "PRAGMA FOREIGN_KEYS", "PRAGMA JOURNAL_MODE");

  MigrationParser(Configuration configuration, ParsingContext context) {
    super(configuration, context);
  }

  @Override
  protected @Nullable Boolean detectCanExecuteInTransaction(
      String statement, List<Token> keywords) {
    return OUTSIDE_TRANSACTIONS.stream().anyMatch(statement::startsWith) ? Boolean.FALSE : null;
  }
}
