package io.github.wasmspring.internal.sqlite.guest;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmExport;

/**
 * What the guest exports. Addresses and lengths are in bytes; a {@code long} is an address in the
 * upper half, and in the lower a result code or a length.
 */
public interface SqliteExports {

  /** Both texts end with a zero byte; an empty directory stays where it is. */
  int openDatabase(int path, int directory, int flags, int guest);

  int closeDatabase();

  int autocommit();

  int transaction();

  long failure(int code);

  long prepare(int sql, int length);

  @WasmExport("finalize")
  int finish(int statement);

  int reset(int statement);

  int recycle(int statement);

  int counter(int statement, int which);

  long run(int statement, int values, int length, int rows, int bytes, WasmCallOptions options);

  long step(int statement, int rows, int bytes, WasmCallOptions options);

  long batch(int statement, int values, int length, int times, WasmCallOptions options);

  long describe(int statement);

  int backup(int path);

  long serialize();

  void release(int address);

  int wasmAlloc(int length);

  void wasmFree(int address, int length);
}
