package io.github.wasmspring.memory;

import io.github.wasmspring.sqlite.SqliteFile;
import java.nio.file.Path;
import javax.sql.DataSource;

/** Files as databases. */
final class MemoryLocation {

  private MemoryLocation() {}

  /** By the module. */
  static DataSource wasm(Path file) {
    return SqliteFile.open(file, true);
  }

  /**
   * By the native library.
   *
   * @throws AgentMemoryException if its driver is not on the class path
   */
  static DataSource nativeLibrary(Path file) {
    try {
      return SqliteFile.open(file, false);
    } catch (IllegalStateException missing) {
      throw new AgentMemoryException(
          "WebAssembly is off, and the agent memory has no other driver for its file %s: add org.xerial:sqlite-jdbc to the application, or give the memory a DataSource of SQLite"
              .formatted(file),
          missing);
    }
  }
}
