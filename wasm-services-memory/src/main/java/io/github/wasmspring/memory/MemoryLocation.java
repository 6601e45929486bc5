package io.github.wasmspring.memory;

import io.github.wasmspring.sqlite.WasmSqliteDataSource;
import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Files as databases. Both drivers read what the other has written. */
final class MemoryLocation {

  private static final String NATIVE_DRIVER = "org.sqlite.SQLiteDataSource";

  private MemoryLocation() {}

  /** By the module. */
  static DataSource wasm(Path file) {
    String path = file.toAbsolutePath().toString();
    if (path.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "The location of the agent memory must not have a question mark: " + path);
    }
    return new WasmSqliteDataSource("jdbc:wasm-sqlite:" + path);
  }

  /**
   * By the native library.
   *
   * @throws AgentMemoryException if its driver is not on the class path
   */
  static DataSource nativeLibrary(Path file) {
    try {
      Class.forName(NATIVE_DRIVER, false, MemoryLocation.class.getClassLoader());
    } catch (ClassNotFoundException missing) {
      throw new AgentMemoryException(
          "WebAssembly is off, and the agent memory has no other driver for its file %s: add org.xerial:sqlite-jdbc to the application, or give the memory a DataSource of SQLite"
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
      SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(pragmas));
      source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
      return source;
    }
  }
}
