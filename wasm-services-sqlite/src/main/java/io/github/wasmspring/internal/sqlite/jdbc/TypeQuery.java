package io.github.wasmspring.internal.sqlite.jdbc;

/** The types that columns may declare, as rows of JDBC. */
final class TypeQuery {

  static final String ALL =
      """
      SELECT column1 AS TYPE_NAME, column2 AS DATA_TYPE, column3 AS PRECISION,
        column4 AS LITERAL_PREFIX, column5 AS LITERAL_SUFFIX, column6 AS CREATE_PARAMS, 1 AS NULLABLE,
        column2 = 12 AS CASE_SENSITIVE, 3 AS SEARCHABLE, 0 AS UNSIGNED_ATTRIBUTE,
        0 AS FIXED_PREC_SCALE, column2 = -5 AS AUTO_INCREMENT, NULL AS LOCAL_TYPE_NAME,
        0 AS MINIMUM_SCALE, 0 AS MAXIMUM_SCALE, NULL AS SQL_DATA_TYPE, NULL AS SQL_DATETIME_SUB,
        10 AS NUM_PREC_RADIX
      FROM (VALUES
        ('INTEGER', -5, 19, NULL, NULL, NULL),
        ('NUMERIC', 2, 15, NULL, NULL, 'precision,scale'),
        ('DECIMAL', 3, 15, NULL, NULL, 'precision,scale'),
        ('REAL', 8, 17, NULL, NULL, NULL),
        ('TEXT', 12, 1000000000, '''', '''', NULL),
        ('VARCHAR', 12, 1000000000, '''', '''', 'length'),
        ('BOOLEAN', 16, 1, NULL, NULL, NULL),
        ('DATE', 91, 10, '''', '''', NULL),
        ('TIME', 92, 18, '''', '''', NULL),
        ('TIMESTAMP', 93, 35, '''', '''', NULL),
        ('BLOB', 2004, 1000000000, 'X''', '''', NULL))
      ORDER BY DATA_TYPE, TYPE_NAME""";

  private TypeQuery() {}
}
