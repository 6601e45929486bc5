package io.github.wasmspring.real;

import static io.github.wasmspring.real.HostFunctions.call;
import static io.github.wasmspring.real.HostFunctions.text;

import io.github.wasmspring.client.WasmSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** SQLite of the package {@code sql.js} with a database in memory; its exports have short names. */
final class Sqlite {

  private static final String CONSTRUCTORS = "P";
  private static final String PREPARE = "T";
  private static final String STEP = "U";
  private static final String FINALIZE = "X";
  private static final String COLUMN_TEXT = "Z";
  private static final String COLUMN_COUNT = "ra";
  private static final String OPEN = "Ha";
  private static final String MALLOC = "Ia";
  private static final String FREE = "Ja";

  private static final int ROW = 100;
  private static final int DONE = 101;

  private final WasmSession session;
  private final int out;
  private final int database;

  Sqlite(WasmSession session) {
    this.session = session;
    session.call(CONSTRUCTORS);
    this.out = call(session, MALLOC, 8);
    int name = write(":memory:");
    if (call(session, OPEN, name, this.out) != 0) {
      throw new IllegalStateException("SQLite does not open a database");
    }
    this.database = session.memory().readInt(this.out);
  }

  /** The rows as text, {@code NULL} for nulls; one row {@code error} if the statement fails. */
  List<List<String>> query(String sql) {
    int source = write(sql);
    int prepared = call(this.session, PREPARE, this.database, source, -1, this.out, 0);
    this.session.call(FREE, source);
    int statement = this.session.memory().readInt(this.out);
    if (prepared != 0) {
      return List.of(List.of("error"));
    }
    List<List<String>> rows = new ArrayList<>();
    int step = call(this.session, STEP, statement);
    while (step == ROW) {
      rows.add(row(statement));
      step = call(this.session, STEP, statement);
    }
    this.session.call(FINALIZE, statement);
    return step == DONE ? rows : List.of(List.of("error"));
  }

  private List<String> row(int statement) {
    List<String> row = new ArrayList<>();
    int columns = call(this.session, COLUMN_COUNT, statement);
    for (int i = 0; i < columns; i++) {
      int value = call(this.session, COLUMN_TEXT, statement, i);
      row.add(value == 0 ? "NULL" : text(this.session.memory(), value));
    }
    return row;
  }

  private int write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int address = call(this.session, MALLOC, bytes.length + 1);
    this.session.memory().write(address, bytes);
    this.session.memory().writeByte(address + bytes.length, (byte) 0);
    return address;
  }
}
