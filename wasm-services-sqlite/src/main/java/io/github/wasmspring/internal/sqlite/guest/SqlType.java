package io.github.wasmspring.internal.sqlite.guest;

/** The types that values have in SQLite, in the order of its numbers, which begin with 1. */
public enum SqlType {
  INTEGER,
  REAL,
  TEXT,
  BLOB,
  NULL;

  private static final SqlType[] ALL = values();

  int number() {
    return ordinal() + 1;
  }

  static SqlType of(int number) {
    return ALL[number - 1];
  }
}
