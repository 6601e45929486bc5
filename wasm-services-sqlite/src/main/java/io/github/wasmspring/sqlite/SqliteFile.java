package io.github.wasmspring.sqlite;

import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file as a database, by the module or by the native library: each reads what the other wrote.
 */
public final class SqliteFile {

  private static final String NATIVE_DRIVER = "org.sqlite.SQLiteDataSource";

  private SqliteFile() {}

  /**
   * The database of a file, made with the first connection if it is not there.
   *
   * @param file whose directory is there
   * @param wasm whether by the module, else by {@code org.xerial:sqlite-jdbc}
   * @throws IllegalArgumentException if a URL can't have the name of the file
   * @throws IllegalStateException if the native driver is wanted and not on the class path
   */
  public static DataSource open(Path file, boolean wasm) {
    return wasm ? module(file) : nativeLibrary(file);
  }

  private static DataSource module(Path file) {
    String path = file.toAbsolutePath().toString();
    if (path.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "The file of a database must not have a question mark in its name: " + path);
    }
    return new WasmSqliteDataSource("jdbc:wasm-sqlite:" + path);
  }

  private static DataSource nativeLibrary(Path file) {
    try {
      Class.forName(NATIVE_DRIVER, false, SqliteFile.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(
          "WebAssembly is off, and there is no other driver for the database %s: add org.xerial:sqlite-jdbc to the application"
              .formatted(file),
          missing);
    }
    return NativeDriver.open(file);
  }

  /** Loaded only where its classes are. */
  private static final class NativeDriver {

    private static final String BUSY_MILLIS = "5000";

    private NativeDriver() {}

    static DataSource open(Path file) {
      Properties pragmas = new Properties();
      pragmas.setProperty("busy_timeout", BUSY_MILLIS);
      pragmas.setProperty("journal_mode", "TRUNCATE");
      pragmas.setProperty("synchronous", "FULL");
      pragmas.setProperty("foreign_keys", "true");
      SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(pragmas));
      source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
      return source;
    }
  }
}
