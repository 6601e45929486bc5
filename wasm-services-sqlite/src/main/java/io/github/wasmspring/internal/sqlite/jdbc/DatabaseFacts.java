package io.github.wasmspring.internal.sqlite.jdbc;

import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link java.sql.DatabaseMetaData} asks of SQLite with yes or no, or for its limits. All that
 * is not in the list is no, and no limit is known: SQLite has some, but they are set when it is
 * built, and none of them is in the way of a program.
 */
final class DatabaseFacts {

  private static final Set<String> TRUE =
      Set.of(
          "allTablesAreSelectable",
          "nullPlusNonNullIsNull",
          "nullsAreSortedLow",
          "storesMixedCaseIdentifiers",
          "storesMixedCaseQuotedIdentifiers",
          "supportsAlterTableWithAddColumn",
          "supportsAlterTableWithDropColumn",
          "supportsBatchUpdates",
          "supportsColumnAliasing",
          "supportsCoreSQLGrammar",
          "supportsCorrelatedSubqueries",
          "supportsDataDefinitionAndDataManipulationTransactions",
          "supportsExpressionsInOrderBy",
          "supportsFullOuterJoins",
          "supportsGetGeneratedKeys",
          "supportsGroupBy",
          "supportsGroupByBeyondSelect",
          "supportsGroupByUnrelated",
          "supportsIntegrityEnhancementFacility",
          "supportsLikeEscapeClause",
          "supportsLimitedOuterJoins",
          "supportsMinimumSQLGrammar",
          "supportsMultipleTransactions",
          "supportsNonNullableColumns",
          "supportsOpenCursorsAcrossCommit",
          "supportsOpenStatementsAcrossCommit",
          "supportsOpenStatementsAcrossRollback",
          "supportsOrderByUnrelated",
          "supportsOuterJoins",
          "supportsSavepoints",
          "supportsSchemasInDataManipulation",
          "supportsSchemasInIndexDefinitions",
          "supportsSchemasInTableDefinitions",
          "supportsSubqueriesInComparisons",
          "supportsSubqueriesInExists",
          "supportsSubqueriesInIns",
          "supportsTableCorrelationNames",
          "supportsTransactions",
          "supportsUnion",
          "supportsUnionAll",
          "usesLocalFiles");

  private DatabaseFacts() {}

  /** {@code null} if it is no such question. */
  static @Nullable Object answer(Method question) {
    String name = question.getName();
    if (question.getReturnType() == boolean.class && !name.equals("isWrapperFor")) {
      return TRUE.contains(name);
    }
    boolean limit = question.getReturnType() == int.class && name.startsWith("getMax");
    return limit ? 0 : null;
  }
}
