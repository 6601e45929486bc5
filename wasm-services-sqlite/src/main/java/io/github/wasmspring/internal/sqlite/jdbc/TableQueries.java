package io.github.wasmspring.internal.sqlite.jdbc;

/**
 * Tables, columns and indexes as rows of JDBC. What SQLite calls a schema is one here: it has no
 * name for {@code main}, so that names need not be qualified, and its own for {@code temp} and what
 * is attached. Names are compared as SQLite does, without regard to the case of ASCII letters.
 */
final class TableQueries {

  /** Whether a schema is meant: all by {@code null}, the main one by its name or by none. */
  private static final String IN_SCHEMA =
      "(?1 IS NULL OR t.schema = 'main' AND ?1 = '' OR t.schema LIKE ?1 ESCAPE '\\')";

  /** The same where a schema is named, and not matched. */
  static final String OF_SCHEMA =
      "(?1 IS NULL OR t.schema = 'main' AND ?1 = '' OR t.schema = ?1 COLLATE NOCASE)";

  static final String SCHEMA = "nullif(t.schema, 'main')";

  private static final String TYPE =
      """
      CASE WHEN t.name LIKE 'sqlite\\_%' ESCAPE '\\' OR t.type = 'shadow' THEN 'SYSTEM TABLE'
        WHEN t.type = 'view' THEN 'VIEW'
        WHEN t.schema = 'temp' THEN 'LOCAL TEMPORARY'
        ELSE 'TABLE' END""";

  /** ?1 is a pattern of schemas, ?2 one of tables, ?3 types with commas between them or null. */
  static final String TABLES =
      """
      SELECT NULL AS TABLE_CAT, %s AS TABLE_SCHEM, t.name AS TABLE_NAME, %s AS TABLE_TYPE,
        NULL AS REMARKS, NULL AS TYPE_CAT, NULL AS TYPE_SCHEM, NULL AS TYPE_NAME,
        NULL AS SELF_REFERENCING_COL_NAME, NULL AS REF_GENERATION
      FROM pragma_table_list t
      WHERE %s AND (?2 IS NULL OR t.name LIKE ?2 ESCAPE '\\')
        AND (?3 IS NULL OR instr(',' || ?3 || ',', ',' || TABLE_TYPE || ','))
      ORDER BY TABLE_TYPE, TABLE_CAT, TABLE_SCHEM, TABLE_NAME"""
          .formatted(SCHEMA, TYPE, IN_SCHEMA);

  /** What may not be described. ?1 is a pattern of schemas, ?2 one of tables. */
  static final String VIEWS =
      "SELECT t.schema, t.name FROM pragma_table_list t WHERE t.type IN ('view', 'virtual') AND "
          + IN_SCHEMA
          + " AND (?2 IS NULL OR t.name LIKE ?2 ESCAPE '\\')";

  static final String TABLE_TYPES =
      "SELECT column1 AS TABLE_TYPE FROM (VALUES ('LOCAL TEMPORARY'), ('SYSTEM TABLE'), ('TABLE'), ('VIEW'))";

  /** What has a name of its own; ?1 is a pattern. */
  static final String SCHEMAS =
      """
      SELECT name AS TABLE_SCHEM, NULL AS TABLE_CATALOG FROM pragma_database_list
      WHERE name <> 'main' AND (?1 IS NULL OR name LIKE ?1 ESCAPE '\\') ORDER BY TABLE_SCHEM""";

  /** An integer that stands for the row id, and is made if it is not given. */
  private static final String IS_ROW_ID =
      """
      c.pk = 1 AND upper(c.type) = 'INTEGER' AND NOT t.wr AND t.type = 'table'
        AND (SELECT count(*) FROM pragma_table_xinfo(t.name, t.schema) k WHERE k.pk > 0) = 1
        AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name, t.schema) i WHERE i.origin = 'pk')""";

  /** ?1 is a pattern of schemas, ?2 one of tables, ?3 one of columns; see {@link ColumnQuery}. */
  static final String COLUMNS =
      """
      WITH columns AS (
        SELECT t.schema, t.name AS table_name, c.cid, c.name, c.dflt_value, c.hidden,
          upper(c.type) AS declared, %s AS row_id,
          c."notnull" OR c.pk > 0 AND (t.wr OR t.strict) AS required
        FROM pragma_table_list t JOIN pragma_table_xinfo(t.name, t.schema) c
        WHERE %s AND (?2 IS NULL OR t.name LIKE ?2 ESCAPE '\\')
          AND (?3 IS NULL OR c.name LIKE ?3 ESCAPE '\\') AND c.hidden <> 1
          AND (t.schema, t.name) NOT IN (VALUES ('', '')/* more */)),
      typed AS (SELECT *, %s AS jdbc, %s AS first_number, %s AS second_number FROM columns)
      SELECT NULL AS TABLE_CAT, nullif(schema, 'main') AS TABLE_SCHEM, table_name AS TABLE_NAME,
        name AS COLUMN_NAME, jdbc AS DATA_TYPE, declared AS TYPE_NAME,
        coalesce(first_number, %s) AS COLUMN_SIZE, NULL AS BUFFER_LENGTH,
        CASE WHEN jdbc IN (2, 3) THEN coalesce(second_number, iif(first_number IS NULL, NULL, 0))
          WHEN jdbc = -5 THEN 0 END AS DECIMAL_DIGITS,
        CASE WHEN jdbc IN (2, 3, -5, 8) THEN 10 END AS NUM_PREC_RADIX,
        iif(required OR row_id, 0, 1) AS NULLABLE, NULL AS REMARKS, dflt_value AS COLUMN_DEF,
        NULL AS SQL_DATA_TYPE, NULL AS SQL_DATETIME_SUB,
        CASE WHEN jdbc IN (12, 2004) THEN coalesce(first_number, 1000000000) END AS CHAR_OCTET_LENGTH,
        cid + 1 AS ORDINAL_POSITION, iif(required OR row_id, 'NO', 'YES') AS IS_NULLABLE,
        NULL AS SCOPE_CATALOG, NULL AS SCOPE_SCHEMA, NULL AS SCOPE_TABLE, NULL AS SOURCE_DATA_TYPE,
        iif(row_id, 'YES', 'NO') AS IS_AUTOINCREMENT,
        iif(hidden IN (2, 3), 'YES', 'NO') AS IS_GENERATEDCOLUMN
      FROM typed ORDER BY TABLE_CAT, TABLE_SCHEM, TABLE_NAME, ORDINAL_POSITION"""
          .formatted(
              IS_ROW_ID,
              IN_SCHEMA,
              ColumnTypes.AS_SQL,
              ColumnTypes.FIRST_NUMBER,
              ColumnTypes.SECOND_NUMBER,
              ColumnTypes.SIZE);

  /** ?1 is a schema, ?2 a table, ?3 whether only unique indexes are asked for. */
  static final String INDEXES =
      """
      SELECT NULL AS TABLE_CAT, %s AS TABLE_SCHEM, t.name AS TABLE_NAME, NOT i."unique" AS NON_UNIQUE,
        %s AS INDEX_QUALIFIER, i.name AS INDEX_NAME, 3 AS TYPE, c.seqno + 1 AS ORDINAL_POSITION,
        c.name AS COLUMN_NAME, iif(c."desc", 'D', 'A') AS ASC_OR_DESC, 0 AS CARDINALITY, 0 AS PAGES,
        NULL AS FILTER_CONDITION
      FROM pragma_table_list t JOIN pragma_index_list(t.name, t.schema) i
        JOIN pragma_index_xinfo(i.name, t.schema) c
      WHERE %s AND t.name = ?2 COLLATE NOCASE AND (NOT ?3 OR i."unique") AND c.key
      ORDER BY NON_UNIQUE, TYPE, INDEX_NAME, ORDINAL_POSITION"""
          .formatted(SCHEMA, SCHEMA, OF_SCHEMA);

  /** What a row is known by: its key, or the row id. ?1 is a schema, ?2 a table, ?3 the scope. */
  static final String ROW_IDENTIFIERS =
      """
      SELECT ?3 AS SCOPE, name AS COLUMN_NAME, %s AS DATA_TYPE, declared AS TYPE_NAME,
        coalesce(%s, %s) AS COLUMN_SIZE, NULL AS BUFFER_LENGTH, NULL AS DECIMAL_DIGITS,
        iif(rows_only, 2, 1) AS PSEUDO_COLUMN
      FROM (SELECT c.name, upper(c.type) AS declared, 0 AS rows_only
          FROM pragma_table_list t JOIN pragma_table_xinfo(t.name, t.schema) c
          WHERE %s AND t.name = ?2 COLLATE NOCASE AND c.pk > 0
        UNION ALL SELECT 'rowid', 'INTEGER', 1 FROM pragma_table_list t
          WHERE %s AND t.name = ?2 COLLATE NOCASE AND t.type = 'table' AND NOT t.wr AND NOT EXISTS
            (SELECT 1 FROM pragma_table_xinfo(t.name, t.schema) c WHERE c.pk > 0))"""
          .formatted(
              ColumnTypes.AS_SQL,
              ColumnTypes.FIRST_NUMBER,
              ColumnTypes.SIZE.replace("jdbc", "(" + ColumnTypes.AS_SQL + ")"),
              OF_SCHEMA,
              OF_SCHEMA);

  private TableQueries() {}
}
