package io.github.wasmspring.autoconfigure.sqlite;

import java.util.Collection;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.relational.core.dialect.AbstractDialect;
import org.springframework.data.relational.core.dialect.IdGeneration;
import org.springframework.data.relational.core.dialect.LimitClause;
import org.springframework.data.relational.core.dialect.LockClause;
import org.springframework.data.relational.core.sql.IdentifierProcessing;
import org.springframework.data.relational.core.sql.IdentifierProcessing.LetterCasing;
import org.springframework.data.relational.core.sql.IdentifierProcessing.Quoting;
import org.springframework.data.relational.core.sql.LockOptions;
import org.springframework.data.relational.core.sql.SqlIdentifier;
import org.springframework.data.relational.core.sql.render.UpsertRenderContext;

/** SQLite's SQL for Spring Data JDBC, and its values as Java has them. */
final class WasmSqliteDialect extends AbstractDialect implements JdbcDialect {

  private static final IdentifierProcessing NAMES =
      IdentifierProcessing.create(Quoting.ANSI, LetterCasing.AS_IS);

  private static final LimitClause LIMIT =
      new LimitClause() {

        @Override
        public String getLimit(long limit) {
          return "LIMIT " + limit;
        }

        // There is no offset without a limit; a negative one is none.
        @Override
        public String getOffset(long offset) {
          return getLimitOffset(-1, offset);
        }

        @Override
        public String getLimitOffset(long limit, long offset) {
          return "LIMIT " + limit + " OFFSET " + offset;
        }

        @Override
        public Position getClausePosition() {
          return Position.AFTER_ORDER_BY;
        }
      };

  /** Rows have no locks: a transaction has the lock of the file since it began. */
  private static final LockClause LOCK =
      new LockClause() {

        @Override
        public String getLock(LockOptions options) {
          return "";
        }

        @Override
        public Position getClausePosition() {
          return Position.AFTER_ORDER_BY;
        }
      };

  private static final IdGeneration IDS =
      new IdGeneration() {

        @Override
        public boolean sequencesSupported() {
          return false;
        }

        @Override
        public String createSequenceQuery(SqlIdentifier name) {
          throw new UnsupportedOperationException(
              "SQLite has no sequences, and can't ask for a value of %s; leave @Sequence out and declare the id as INTEGER PRIMARY KEY"
                  .formatted(name));
        }
      };

  @Override
  public LimitClause limit() {
    return LIMIT;
  }

  @Override
  public LockClause lock() {
    return LOCK;
  }

  @Override
  public IdGeneration getIdGeneration() {
    return IDS;
  }

  @Override
  public IdentifierProcessing getIdentifierProcessing() {
    return NAMES;
  }

  @Override
  public Collection<Object> getConverters() {
    return SqliteConverters.ALL;
  }

  @Override
  public boolean supportsSingleQueryLoading() {
    return false;
  }

  /** Spring Data writes the statement for databases that it knows by name. */
  @Override
  public UpsertRenderContext getUpsertRenderContext() {
    return () -> false;
  }
}
