package io.github.wasmspring.internal.sqlite.flyway;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.Resource;
import org.flywaydb.core.internal.database.sqlite.SQLiteParser;
import org.flywaydb.core.internal.parser.ParserContext;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.PeekingReader;
import org.flywaydb.core.internal.parser.PositionTracker;
import org.flywaydb.core.internal.parser.Recorder;
import org.flywaydb.core.internal.parser.StatementType;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.core.internal.parser.TokenType;
import org.flywaydb.core.internal.sqlscript.Delimiter;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.jspecify.annotations.Nullable;

/** SQLite's language, with the statements that SQLite refuses or ignores in a transaction. */
final class MigrationParser extends SQLiteParser {

  private static final String COMMENTS = "(?:\\s|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*+";
  private static final String PRAGMA =
      COMMENTS + "PRAGMA\\b" + COMMENTS + "(?:[\"'`\\[]?\\w+[\"'`\\]]?\\s*\\.\\s*)?[\"'`\\[]?";

  private static final Pattern OUTSIDE_TRANSACTIONS =
      pattern(
          COMMENTS
              + "(?:VACUUM|ATTACH|DETACH)\\b|"
              + PRAGMA
              + "(?:foreign_keys|journal_mode|synchronous)\\b");
  private static final Pattern KEYS_ONLY = pattern(PRAGMA + "foreign_keys\\b");

  private int statements;
  private int ofKeys;

  MigrationParser(Configuration configuration, ParsingContext context) {
    super(configuration, context);
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** Only triggers have blocks; elsewhere BEGIN and END are those of transactions. */
  @Override
  protected void adjustBlockDepth(
      ParserContext context, List<Token> tokens, Token keyword, PeekingReader reader)
      throws IOException {
    boolean creates =
        tokens.stream()
            .filter(token -> token.getType() == TokenType.KEYWORD)
            .findFirst()
            .filter(first -> first.getText().equals("CREATE"))
            .isPresent();
    if (creates) {
      super.adjustBlockDepth(context, tokens, keyword, reader);
    }
  }

  /** Looks at the whole text: Flyway's keywords are without schemas and quoted names. */
  @Override
  protected ParsedSqlStatement createStatement(
      PeekingReader reader,
      Recorder recorder,
      int position,
      int line,
      int column,
      int textPosition,
      int textLine,
      int textColumn,
      StatementType type,
      boolean inTransaction,
      Delimiter delimiter,
      String sql,
      List<Token> tokens,
      boolean batchable)
      throws IOException {
    this.statements++;
    if (KEYS_ONLY.matcher(sql).lookingAt()) {
      this.ofKeys++;
    }
    return super.createStatement(
        reader,
        recorder,
        position,
        line,
        column,
        textPosition,
        textLine,
        textColumn,
        type,
        inTransaction && !OUTSIDE_TRANSACTIONS.matcher(sql).lookingAt(),
        delimiter,
        sql,
        tokens,
        batchable);
  }

  /**
   * @throws FlywayException if a script does nothing but switch foreign keys, which would be as
   *     they were for the next one: what that deletes would then be deleted with all that refers to
   *     it
   */
  @Override
  protected @Nullable SqlStatement getNextStatement(
      Resource script,
      PeekingReader reader,
      Recorder recorder,
      PositionTracker tracker,
      ParserContext context) {
    SqlStatement statement = super.getNextStatement(script, reader, recorder, tracker, context);
    if (statement == null) {
      boolean useless = this.ofKeys > 0 && this.ofKeys == this.statements;
      this.statements = 0;
      this.ofKeys = 0;
      if (useless) {
        throw new FlywayException(
            "The script %s only switches foreign keys, which each script begins with as the connection has them; write PRAGMA foreign_keys = OFF and what needs it into one script, and set mixed"
                .formatted(script.getFilename()));
      }
    }
    return statement;
  }
}
