package io.github.wasmspring.sqlite;

import static io.github.wasmspring.sqlite.SqlCalls.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables and what is in them, as {@link DatabaseMetaData} describes its answers. */
@Timeout(60)
class SqliteMetaDataTest {

  private Connection connection;
  private DatabaseMetaData metaData;

  @BeforeEach
  void open() throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:wasm-sqlite::memory:");
    this.metaData = this.connection.getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    this.connection.close();
  }

  /** The values of some columns, each row with bars between them. */
  private static List<String> rows(ResultSet answer, String... columns) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (answer) {
      while (answer.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(answer.getString(column));
        }
        rows.add(String.join("|", row.stream().map(String::valueOf).toList()));
      }
    }
    return rows;
  }

  @Test
  void tablesAreFoundByPatternTypeAndSchema() throws SQLException {
    execute(
        this.connection,
        "CREATE TABLE a_b (x)",
        "CREATE TABLE axb (x)",
        "CREATE TABLE \"we%ird\"\" 'name\" (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE VIEW v AS SELECT 1 AS one",
        "CREATE TEMP TABLE passing (x)",
        "CREATE VIRTUAL TABLE texts USING fts5(body)",
        "ATTACH ':memory:' AS other",
        "CREATE TABLE other.far (x)");
    String[] columns = {"TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"};
    assertThat(rows(this.metaData.getTables(null, null, "a\\_b", null), columns))
        .containsExactly("null|a_b|TABLE");
    assertThat(rows(this.metaData.getTables(null, null, "A_B", null), columns))
        .containsExactly("null|a_b|TABLE", "null|axb|TABLE");
    assertThat(rows(this.metaData.getTables(null, null, "we\\%ird%", null), columns))
        .containsExactly("null|we%ird\" 'name|TABLE");
    assertThat(
            rows(this.metaData.getTables(null, null, "%", new String[] {"TABLE", "VIEW"}), columns))
        .containsExactly(
            "null|a_b|TABLE",
            "null|axb|TABLE",
            "null|texts|TABLE",
            "null|we%ird\" 'name|TABLE",
            "other|far|TABLE",
            "null|v|VIEW");
    assertThat(
            rows(
                this.metaData.getTables(null, null, null, new String[] {"LOCAL TEMPORARY"}),
                columns))
        .containsExactly("temp|passing|LOCAL TEMPORARY");
    assertThat(rows(this.metaData.getTables(null, "oth_r", "%", null), columns))
        .contains("other|far|TABLE")
        .allMatch(row -> row.startsWith("other|"));
    assertThat(rows(this.metaData.getTables(null, "", "a%", null), columns)).hasSize(2);
    assertThat(rows(this.metaData.getTables(null, "main", "a%", null), columns)).hasSize(2);
    assertThat(rows(this.metaData.getTables(null, null, "texts_data", null), columns))
        .containsExactly("null|texts_data|SYSTEM TABLE");
    assertThat(rows(this.metaData.getTables(null, null, "%", new String[0]), columns)).isEmpty();
    assertThat(rows(this.metaData.getTables(null, null, "' OR 1 --", null), columns)).isEmpty();
    assertThat(rows(this.metaData.getSchemas(), "TABLE_SCHEM")).containsExactly("other", "temp");
    assertThat(rows(this.metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(rows(this.metaData.getTableTypes(), "TABLE_TYPE"))
        .containsExactly("LOCAL TEMPORARY", "SYSTEM TABLE", "TABLE", "VIEW");
  }

  @Test
  void tablesOfModulesThatAreNotHereAreLeftOut(@TempDir Path folder) throws SQLException {
    Path file = folder.resolve("modules.db");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      execute(other, "CREATE TABLE t (x TEXT)", "CREATE VIRTUAL TABLE near USING fts4(a)");
    }
    try (Connection here = DriverManager.getConnection("jdbc:wasm-sqlite:" + file)) {
      assertThatThrownBy(() -> execute(here, "SELECT * FROM near"))
          .hasMessageContaining("no such module");
      assertThat(
              rows(
                  here.getMetaData().getColumns(null, null, "%", null),
                  "TABLE_NAME",
                  "COLUMN_NAME"))
          .contains("t|x")
          .noneMatch(row -> row.startsWith("near|"));
    }
  }

  @Test
  void columnsOfAViewThatCanNotBeReadNowAreAFailureAndNotLeftOut(@TempDir Path folder)
      throws SQLException {
    String url = "jdbc:wasm-sqlite:" + folder.resolve("busy.db");
    try (Connection writer = DriverManager.getConnection(url)) {
      execute(writer, "CREATE TABLE t (x)", "CREATE VIEW v AS SELECT x FROM t");
      try (Connection reader = DriverManager.getConnection(url + "?busy_timeout=20")) {
        execute(writer, "BEGIN EXCLUSIVE");
        assertThatThrownBy(
                () -> rows(reader.getMetaData().getColumns(null, null, "v", null), "COLUMN_NAME"))
            .isInstanceOf(SQLTransientException.class);
        execute(writer, "ROLLBACK");
        assertThat(rows(reader.getMetaData().getColumns(null, null, "v", null), "COLUMN_NAME"))
            .containsExactly("x");
      }
    }
  }

  @Test
  void columnsHaveTypesSizesAndDefaults() throws SQLException {
    execute(
        this.connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL DEFAULT 'none',"
            + " price DECIMAL(10, 2), done BOOLEAN, made TIMESTAMP, day date, data BLOB, any,"
            + " twice INTEGER GENERATED ALWAYS AS (id * 2))");
    assertThat(
            rows(
                this.metaData.getColumns(null, null, "t", "%"),
                "COLUMN_NAME",
                "DATA_TYPE",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NULLABLE",
                "COLUMN_DEF",
                "ORDINAL_POSITION",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN"))
        .containsExactly(
            "id|-5|INTEGER|19|0|0|null|1|YES|NO",
            "name|12|VARCHAR(50)|50|null|0|'none'|2|NO|NO",
            "price|3|DECIMAL(10, 2)|10|2|1|null|3|NO|NO",
            "done|16|BOOLEAN|1|null|1|null|4|NO|NO",
            "made|93|TIMESTAMP|35|null|1|null|5|NO|NO",
            "day|91|DATE|10|null|1|null|6|NO|NO",
            "data|2004|BLOB|1000000000|null|1|null|7|NO|NO",
            "any|2004||1000000000|null|1|null|8|NO|NO",
            "twice|-5|INTEGER|19|0|1|null|9|NO|YES");
    assertThat(rows(this.metaData.getColumns(null, null, "%", "n\\_me"), "COLUMN_NAME")).isEmpty();
    assertThat(rows(this.metaData.getColumns(null, null, "T", "NAME"), "IS_NULLABLE"))
        .containsExactly("NO");
  }

  @Test
  void keysThatAreNoRowIdsGenerateNothing() throws SQLException {
    execute(
        this.connection,
        "CREATE TABLE text_key (id TEXT PRIMARY KEY)",
        "CREATE TABLE int_key (id INT PRIMARY KEY)",
        "CREATE TABLE no_row_id (id INTEGER PRIMARY KEY) WITHOUT ROWID",
        "CREATE TABLE two (a INTEGER, b INTEGER, PRIMARY KEY (b, a))");
    assertThat(rows(this.metaData.getColumns(null, null, "%", "%"), "IS_AUTOINCREMENT"))
        .isNotEmpty()
        .containsOnly("NO");
    assertThat(rows(this.metaData.getColumns(null, null, "%", "id"), "TABLE_NAME", "NULLABLE"))
        .containsExactly("int_key|1", "no_row_id|0", "text_key|1");
    assertThat(rows(this.metaData.getPrimaryKeys(null, null, "TWO"), "COLUMN_NAME", "KEY_SEQ"))
        .containsExactly("a|2", "b|1");
  }

  /** The types of a table's columns are those of the columns of a query. */
  @Test
  void typesOfTablesAndOfAnswersAreTheSame() throws SQLException {
    List<String> declared =
        List.of(
            "INTEGER",
            "BIGINT",
            "POINT",
            "VARCHAR(5)",
            "NCHAR(5)",
            "CLOB",
            "text",
            "blob",
            "REAL",
            "FLOAT",
            "DOUBLE PRECISION",
            "NUMERIC(5,2)",
            "DECIMAL",
            "Decimal (4)",
            "BOOL",
            "boolean",
            "DATE",
            "TIME",
            "DATETIME",
            "timestamp",
            "TIMESTAMP(3)",
            "UUID",
            "JSON",
            "STRING");
    for (String type : declared) {
      execute(this.connection, "DROP TABLE IF EXISTS t", "CREATE TABLE t (x %s)".formatted(type));
      try (Statement statement = this.connection.createStatement();
          ResultSet answer = statement.executeQuery("SELECT x FROM t")) {
        int ofAnswer = answer.getMetaData().getColumnType(1);
        assertThat(rows(this.metaData.getColumns(null, null, "t", "x"), "DATA_TYPE"))
            .as(type)
            .containsExactly(String.valueOf(ofAnswer));
      }
    }
    assertThat(rows(this.metaData.getTypeInfo(), "TYPE_NAME", "DATA_TYPE"))
        .startsWith("INTEGER|-5")
        .contains("TEXT|12", "BLOB|2004", "TIMESTAMP|93");
  }

  @Test
  void foreignKeysAreToldFromBothSides() throws SQLException {
    execute(
        this.connection,
        "CREATE TABLE parent (a INTEGER, b TEXT, PRIMARY KEY (a, b))",
        "CREATE TABLE child (id INTEGER PRIMARY KEY, pa, pb, self REFERENCES child ON UPDATE SET DEFAULT,"
            + " FOREIGN KEY (pa, pb) REFERENCES Parent ON DELETE CASCADE ON UPDATE SET NULL)");
    String[] columns = {
      "PKTABLE_NAME",
      "PKCOLUMN_NAME",
      "FKTABLE_NAME",
      "FKCOLUMN_NAME",
      "KEY_SEQ",
      "UPDATE_RULE",
      "DELETE_RULE"
    };
    String first = "parent|a|child|pa|1|2|0";
    String second = "parent|b|child|pb|2|2|0";
    assertThat(rows(this.metaData.getImportedKeys(null, null, "child"), columns))
        .containsExactly("child|id|child|self|1|4|3", first, second);
    assertThat(rows(this.metaData.getExportedKeys(null, null, "parent"), columns))
        .containsExactly(first, second);
    assertThat(
            rows(
                this.metaData.getCrossReference(null, null, "parent", null, null, "child"),
                columns))
        .containsExactly(first, second);
    assertThat(rows(this.metaData.getImportedKeys(null, null, "parent"), columns)).isEmpty();
  }

  @Test
  void indexesHaveTheirColumns() throws SQLException {
    execute(
        this.connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c UNIQUE)",
        "CREATE INDEX by_two ON t (b DESC, lower(a))",
        "CREATE UNIQUE INDEX some ON t (a) WHERE b > 1");
    String[] columns = {
      "NON_UNIQUE", "INDEX_NAME", "TYPE", "ORDINAL_POSITION", "COLUMN_NAME", "ASC_OR_DESC"
    };
    assertThat(rows(this.metaData.getIndexInfo(null, null, "t", false, true), columns))
        .containsExactly(
            "0|some|3|1|a|A",
            "0|sqlite_autoindex_t_1|3|1|c|A",
            "1|by_two|3|1|b|D",
            "1|by_two|3|2|null|A");
    assertThat(rows(this.metaData.getIndexInfo(null, null, "t", true, true), columns)).hasSize(2);
    assertThat(
            rows(
                this.metaData.getBestRowIdentifier(
                    null, null, "t", DatabaseMetaData.bestRowSession, true),
                "SCOPE",
                "COLUMN_NAME",
                "DATA_TYPE",
                "PSEUDO_COLUMN"))
        .containsExactly("2|id|-5|1");
  }

  @Test
  void aViewOfWhatIsGoneHidesNoOtherTable() throws SQLException {
    execute(
        this.connection,
        "CREATE TABLE t (x)",
        "CREATE TABLE gone (y)",
        "CREATE VIEW v AS SELECT y FROM gone",
        "DROP TABLE gone");
    assertThat(rows(this.metaData.getTables(null, null, "%", null), "TABLE_NAME"))
        .contains("t", "v");
    assertThat(rows(this.metaData.getColumns(null, null, "%", "%"), "COLUMN_NAME")).contains("x");
  }

  @Test
  void questionsBeginNoTransactionAndLeaveNoStatement() throws SQLException {
    execute(this.connection, "CREATE TABLE t (x)");
    this.connection.setAutoCommit(false);
    for (int i = 0; i < 50; i++) {
      assertThat(rows(this.metaData.getColumns(null, null, "t", null), "COLUMN_NAME"))
          .containsExactly("x");
    }
    execute(this.connection, "PRAGMA foreign_keys=off");
    assertThat(SqlCalls.ask(this.connection, "PRAGMA foreign_keys")).isEqualTo("0");
  }

  /** Nothing that is asked without arguments, or of a list, is unsupported. */
  @Test
  void everyQuestionHasAnAnswer() throws Exception {
    int asked = 0;
    for (Method method : DatabaseMetaData.class.getMethods()) {
      Object[] arguments = new Object[method.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        Class<?> type = method.getParameterTypes()[i];
        arguments[i] =
            type == int.class ? (Object) 1 : type == boolean.class ? (Object) true : null;
      }
      if (!method.getName().equals("unwrap") && !method.getName().equals("isWrapperFor")) {
        asked++;
        assertThatCode(() -> answer(method, arguments))
            .as(method.getName())
            .doesNotThrowAnyException();
      }
    }
    assertThat(asked).isGreaterThan(150);
    assertThat(this.metaData.supportsSavepoints()).isTrue();
    assertThat(this.metaData.supportsStoredProcedures()).isFalse();
    assertThat(this.metaData.getMaxConnections()).isZero();
  }

  private void answer(Method method, Object[] arguments) throws Throwable {
    try {
      Object answer = method.invoke(this.metaData, arguments);
      if (answer instanceof ResultSet rows) {
        rows.close();
      }
    } catch (InvocationTargetException failure) {
      throw failure.getTargetException();
    }
  }

  @Test
  void columnsOfAnswersAreDescribed() throws SQLException {
    execute(this.connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x BOOLEAN, d DATE)");
    try (Statement statement = this.connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT id, x, d FROM t")) {
      ResultSetMetaData columns = answer.getMetaData();
      assertThat(columns.isSigned(1)).isTrue();
      assertThat(columns.isSigned(2)).isFalse();
      assertThat(columns.isReadOnly(1)).isTrue();
      assertThat(columns.isSearchable(1)).isTrue();
      assertThat(columns.getPrecision(1)).isZero();
      assertThat(columns.getColumnClassName(2)).isEqualTo("java.lang.Long");
      assertThat(columns.getColumnClassName(3)).isEqualTo("java.lang.String");
      assertThatThrownBy(() -> columns.isSigned(4)).hasMessageContaining("none at 4");
    }
  }

  @Test
  void parametersAreCountedAndHaveNoTypes() throws SQLException {
    try (PreparedStatement statement = this.connection.prepareStatement("SELECT ?, ?")) {
      ParameterMetaData parameters = statement.getParameterMetaData();
      assertThat(parameters.getParameterCount()).isEqualTo(2);
      assertThat(parameters.getParameterType(2)).isEqualTo(Types.OTHER);
      assertThatThrownBy(() -> parameters.getParameterType(3)).hasMessageContaining("none at 3");
      statement.setObject(1, "a", JDBCType.VARCHAR);
      statement.setObject(2, 2, JDBCType.INTEGER);
      try (ResultSet answer = statement.executeQuery()) {
        assertThat(answer.next()).isTrue();
        assertThat(answer.getString(1)).isEqualTo("a");
        assertThat(answer.getInt(2)).isEqualTo(2);
      }
    }
  }

  @Test
  void aClosedConnectionTellsOfNoTables() throws SQLException {
    this.connection.close();
    assertThatThrownBy(() -> this.metaData.getTables(null, null, "%", null))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
  }
}
