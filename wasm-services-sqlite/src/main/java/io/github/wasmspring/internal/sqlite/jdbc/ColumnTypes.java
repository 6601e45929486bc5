package io.github.wasmspring.internal.sqlite.jdbc;

import java.sql.Types;
import java.util.Locale;

/**
 * Types of JDBC for what columns declare: by the rules for affinities of SQLite ("Datatypes In
 * SQLite", 3.1), and by what people mean with names that those take for numbers. Here in Java for
 * the columns of a result, and as SQL for those of a table.
 */
final class ColumnTypes {

  /** Of {@code declared}, which is in upper case. */
  static final String AS_SQL =
      """
      CASE WHEN declared LIKE '%INT%' THEN -5
        WHEN declared LIKE '%CHAR%' OR declared LIKE '%CLOB%' OR declared LIKE '%TEXT%' THEN 12
        WHEN declared LIKE '%BLOB%' OR declared = '' THEN 2004
        WHEN declared LIKE '%REAL%' OR declared LIKE '%FLOA%' OR declared LIKE '%DOUB%' THEN 8
        ELSE CASE rtrim(substr(declared, 1, instr(declared || '(', '(') - 1))
          WHEN 'BOOLEAN' THEN 16 WHEN 'BOOL' THEN 16 WHEN 'DATE' THEN 91 WHEN 'TIME' THEN 92
          WHEN 'DATETIME' THEN 93 WHEN 'TIMESTAMP' THEN 93 WHEN 'DECIMAL' THEN 3 ELSE 2 END
        END""";

  /** The first number in parentheses, as in {@code DECIMAL(10, 2)}. */
  static final String FIRST_NUMBER =
      "iif(instr(declared, '('), CAST(substr(declared, instr(declared, '(') + 1) AS INTEGER), NULL)";

  static final String SECOND_NUMBER =
      "iif(instr(declared, ','), CAST(substr(declared, instr(declared, ',') + 1) AS INTEGER), NULL)";

  /**
   * How long values of {@code jdbc} are where nothing is declared: digits, or characters as text.
   */
  static final String SIZE =
      """
      CASE jdbc WHEN -5 THEN 19 WHEN 8 THEN 17 WHEN 16 THEN 1 WHEN 91 THEN 10 WHEN 92 THEN 18
        WHEN 93 THEN 35 WHEN 12 THEN 1000000000 WHEN 2004 THEN 1000000000 END""";

  private ColumnTypes() {}

  static int jdbc(String declared) {
    String type = declared.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return Types.BIGINT;
    } else if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return Types.VARCHAR;
    } else if (type.contains("BLOB") || type.isEmpty()) {
      return Types.BLOB;
    } else if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return Types.DOUBLE;
    }
    int numbers = type.indexOf('(');
    return switch ((numbers < 0 ? type : type.substring(0, numbers)).stripTrailing()) {
      case "BOOLEAN", "BOOL" -> Types.BOOLEAN;
      case "DATE" -> Types.DATE;
      case "TIME" -> Types.TIME;
      case "DATETIME", "TIMESTAMP" -> Types.TIMESTAMP;
      case "DECIMAL" -> Types.DECIMAL;
      default -> Types.NUMERIC;
    };
  }
}
