package io.github.wasmspring.internal.sqlite.jdbc;

/**
 * Primary and foreign keys as rows of JDBC. SQLite's pragmas know no names of keys, and not whether
 * one is deferred: names are null.
 */
final class KeyQueries {

  /** ?1 is a schema, ?2 a table. */
  static final String PRIMARY =
      """
      SELECT NULL AS TABLE_CAT, %s AS TABLE_SCHEM, t.name AS TABLE_NAME, c.name AS COLUMN_NAME,
        c.pk AS KEY_SEQ, NULL AS PK_NAME
      FROM pragma_table_list t JOIN pragma_table_xinfo(t.name, t.schema) c
      WHERE %s AND t.name = ?2 COLLATE NOCASE AND c.pk > 0 ORDER BY COLUMN_NAME"""
          .formatted(TableQueries.SCHEMA, TableQueries.OF_SCHEMA);

  /** Where no column is named, the key of the other table is meant. */
  private static final String ALL =
      """
      SELECT NULL AS PKTABLE_CAT, %1$s AS PKTABLE_SCHEM, p.name AS PKTABLE_NAME,
        coalesce(f."to", (SELECT c.name FROM pragma_table_xinfo(p.name, p.schema) c
          WHERE c.pk = f.seq + 1)) AS PKCOLUMN_NAME,
        NULL AS FKTABLE_CAT, %1$s AS FKTABLE_SCHEM, t.name AS FKTABLE_NAME, f."from" AS FKCOLUMN_NAME,
        f.seq + 1 AS KEY_SEQ, %2$s AS UPDATE_RULE, %3$s AS DELETE_RULE, NULL AS FK_NAME, NULL AS PK_NAME,
        7 AS DEFERRABILITY
      FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name, t.schema) f
        JOIN pragma_table_list p ON p.schema = t.schema AND p.name = f."table" COLLATE NOCASE
      WHERE t.type = 'table' AND %4$s"""
          .formatted(
              TableQueries.SCHEMA, rule("on_update"), rule("on_delete"), TableQueries.OF_SCHEMA);

  private static final String BY_OWNER =
      " ORDER BY FKTABLE_CAT, FKTABLE_SCHEM, FKTABLE_NAME, f.id, KEY_SEQ";

  /** ?1 is a schema, ?2 a table that refers to others. */
  static final String IMPORTED =
      ALL
          + " AND t.name = ?2 COLLATE NOCASE"
          + " ORDER BY PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, f.id, KEY_SEQ";

  /** ?1 is a schema, ?2 a table that others refer to. */
  static final String EXPORTED = ALL + " AND p.name = ?2 COLLATE NOCASE" + BY_OWNER;

  /** ?1 is a schema, ?2 a table that ?3 refers to. */
  static final String BETWEEN =
      ALL + " AND p.name = ?2 COLLATE NOCASE AND t.name = ?3 COLLATE NOCASE" + BY_OWNER;

  private KeyQueries() {}

  /** As the constants of {@link java.sql.DatabaseMetaData}. */
  private static String rule(String column) {
    return "CASE f."
        + column
        + " WHEN 'CASCADE' THEN 0 WHEN 'RESTRICT' THEN 1 WHEN 'SET NULL' THEN 2"
        + " WHEN 'SET DEFAULT' THEN 4 ELSE 3 END";
  }
}
