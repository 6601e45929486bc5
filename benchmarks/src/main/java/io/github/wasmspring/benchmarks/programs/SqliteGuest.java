package io.github.wasmspring.benchmarks.programs;

import java.nio.charset.StandardCharsets;

/** SQLite of the npm package {@code sql.js}, whose exports have short names. */
public final class SqliteGuest {

  private static final String CONSTRUCTORS = "P";
  private static final String PREPARE = "T";
  private static final String STEP = "U";
  private static final String FINALIZE = "X";
  private static final String COLUMN_TEXT = "Z";
  private static final String COLUMN_COUNT = "ra";
  private static final String ERROR_MESSAGE = "$";
  private static final String OPEN = "Ha";
  private static final String MALLOC = "Ia";
  private static final String FREE = "Ja";

  private static final int ROW = 100;
  private static final int DONE = 101;

  private final Guest guest;
  private final int out;
  private final int database;

  public SqliteGuest(Guest guest) {
    this.guest = guest;
    guest.call(CONSTRUCTORS);
    this.out = guest.call(MALLOC, 8);
    guest.call(OPEN, write(":memory:"), this.out);
    this.database = guest.readInt(this.out);
  }

  /** All values of all rows. */
  public String query(String sql) {
    int source = write(sql);
    int prepared = this.guest.call(PREPARE, this.database, source, -1, this.out, 0);
    this.guest.call(FREE, source);
    int statement = this.guest.readInt(this.out);
    StringBuilder rows = new StringBuilder();
    int step = prepared == 0 ? this.guest.call(STEP, statement) : prepared;
    while (step == ROW) {
      int columns = this.guest.call(COLUMN_COUNT, statement);
      for (int i = 0; i < columns; i++) {
        int value = this.guest.call(COLUMN_TEXT, statement, i);
        rows.append(value == 0 ? "NULL" : this.guest.readText(value)).append('|');
      }
      step = this.guest.call(STEP, statement);
    }
    if (step != DONE) {
      throw new IllegalStateException(
          this.guest.readText(this.guest.call(ERROR_MESSAGE, this.database)));
    }
    this.guest.call(FINALIZE, statement);
    return rows.toString();
  }

  private int write(String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    int address = this.guest.call(MALLOC, bytes.length);
    this.guest.write(address, bytes);
    return address;
  }
}
