package io.github.wasmspring.internal.sqlite.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** What SQLite is and can do. */
final class SqliteDatabaseMetaData extends JdbcObject {

  private final SqliteConnection connection;
  private final String url;
  private final boolean readOnly;

  SqliteDatabaseMetaData(SqliteConnection connection, String url, boolean readOnly) {
    this.connection = connection;
    this.url = url;
    this.readOnly = readOnly;
  }

  @Override
  Lock lock() {
    return this.connection.lock();
  }

  @Override
  void requireOpen() {}

  /** What SQLite has none of is an empty answer, and the rest a fact. */
  @Override
  @Nullable Object answer(Method question) throws SQLException {
    String columns = NothingThere.COLUMNS.get(question.getName());
    return columns == null ? DatabaseFacts.answer(question) : none(columns);
  }

  public Connection getConnection() {
    return this.connection.proxy();
  }

  public String getURL() {
    return this.url;
  }

  public String getUserName() {
    return "";
  }

  public boolean isReadOnly() {
    return this.readOnly;
  }

  public String getDatabaseProductName() {
    return "SQLite";
  }

  public String getDatabaseProductVersion() {
    return "3.53.2";
  }

  public int getDatabaseMajorVersion() {
    return 3;
  }

  public int getDatabaseMinorVersion() {
    return 53;
  }

  public String getDriverName() {
    return "SQLite as WebAssembly";
  }

  public String getDriverVersion() {
    return "0.1";
  }

  public int getDriverMajorVersion() {
    return 0;
  }

  public int getDriverMinorVersion() {
    return 1;
  }

  public int getJDBCMajorVersion() {
    return 4;
  }

  public int getJDBCMinorVersion() {
    return 3;
  }

  public String getIdentifierQuoteString() {
    return "\"";
  }

  public String getSearchStringEscape() {
    return "\\";
  }

  public int getDefaultTransactionIsolation() {
    return Connection.TRANSACTION_SERIALIZABLE;
  }

  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_SERIALIZABLE;
  }

  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY;
  }

  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return type == ResultSet.TYPE_FORWARD_ONLY && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  public int getResultSetHoldability() {
    return ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  public int getSQLStateType() {
    return DatabaseMetaData.sqlStateSQL;
  }

  public RowIdLifetime getRowIdLifetime() {
    return RowIdLifetime.ROWID_UNSUPPORTED;
  }

  public String getSchemaTerm() {
    return "schema";
  }

  public String getCatalogTerm() {
    return "";
  }

  public String getCatalogSeparator() {
    return "";
  }

  public String getProcedureTerm() {
    return "";
  }

  public String getExtraNameCharacters() {
    return "$";
  }

  /** Those that SQL:2003 does not have. */
  public String getSQLKeywords() {
    return "ABORT,ANALYZE,ATTACH,AUTOINCREMENT,CONFLICT,DATABASE,DETACH,EXPLAIN,FAIL,GLOB,IGNORE,"
        + "INDEX,INDEXED,INSTEAD,ISNULL,LIMIT,NOTHING,NOTNULL,OFFSET,PLAN,PRAGMA,QUERY,RAISE,REGEXP,"
        + "REINDEX,RENAME,REPLACE,RETURNING,TEMP,VACUUM,VIRTUAL";
  }

  public String getNumericFunctions() {
    return "abs,acos,asin,atan,atan2,ceiling,cos,degrees,exp,floor,log,log10,mod,pi,power,radians,"
        + "round,sign,sin,sqrt,tan";
  }

  public String getStringFunctions() {
    return "char,concat,length,lower,ltrim,replace,rtrim,substring,trim,upper";
  }

  public String getSystemFunctions() {
    return "ifnull";
  }

  public String getTimeDateFunctions() {
    return "date,datetime,julianday,strftime,time,timediff,unixepoch";
  }

  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      String @Nullable [] types)
      throws SQLException {
    return ask(TableQueries.TABLES, schema, table, types == null ? null : String.join(",", types));
  }

  public ResultSet getTableTypes() throws SQLException {
    return ask(TableQueries.TABLE_TYPES);
  }

  /** None: a file is what an application connects to, and has no name in SQL. */
  public ResultSet getCatalogs() throws SQLException {
    return none("TABLE_CAT");
  }

  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  public ResultSet getSchemas(@Nullable String catalog, @Nullable String schema)
      throws SQLException {
    return ask(TableQueries.SCHEMAS, schema);
  }

  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    return ColumnQuery.ask(this.connection, schema, table, column);
  }

  public ResultSet getPrimaryKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return ask(KeyQueries.PRIMARY, schema, table);
  }

  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return ask(KeyQueries.IMPORTED, schema, table);
  }

  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return ask(KeyQueries.EXPORTED, schema, table);
  }

  /** A key never leads from one schema to another. */
  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parentTable,
      @Nullable String foreignCatalog,
      @Nullable String foreignSchema,
      @Nullable String foreignTable)
      throws SQLException {
    return ask(
        KeyQueries.BETWEEN,
        foreignSchema == null ? parentSchema : foreignSchema,
        parentTable,
        foreignTable);
  }

  public ResultSet getIndexInfo(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      boolean unique,
      boolean approximate)
      throws SQLException {
    return ask(TableQueries.INDEXES, schema, table, unique);
  }

  public ResultSet getBestRowIdentifier(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      int scope,
      boolean nullable)
      throws SQLException {
    return ask(TableQueries.ROW_IDENTIFIERS, schema, table, scope);
  }

  public ResultSet getTypeInfo() throws SQLException {
    return ask(TypeQuery.ALL);
  }

  private ResultSet ask(String sql, @Nullable Object... values) throws SQLException {
    return MetaDataQuery.ask(this.connection, sql, values);
  }

  private ResultSet none(String columns) throws SQLException {
    return MetaDataQuery.none(this.connection, columns);
  }
}
