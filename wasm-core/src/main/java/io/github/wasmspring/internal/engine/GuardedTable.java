package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmFunctionType;
import io.github.wasmspring.WasmTable;
import io.github.wasmspring.WasmTableType;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A table that can be taken back, and says what is wrong with what it is asked for. */
public final class GuardedTable implements WasmTable {

  /** Calls the function in an element. */
  @FunctionalInterface
  public interface Calls {
    long[] call(int index, long... arguments);
  }

  private final String description;
  private final WasmTable table;
  private final Runnable check;
  private final Calls calls;

  /**
   * @param name under which it is exported
   * @param owner who exports it, for messages
   * @param check throws if it has been taken back
   * @param calls how calls are made that the table can answer
   */
  public GuardedTable(String name, String owner, WasmTable table, Runnable check, Calls calls) {
    this.description = "table '%s' of %s".formatted(name, owner);
    this.table = table;
    this.check = check;
    this.calls = calls;
  }

  @Override
  public WasmTableType type() {
    return this.table.type();
  }

  @Override
  public int size() {
    this.check.run();
    return this.table.size();
  }

  @Override
  public boolean isNull(int index) {
    requireElement(index);
    return this.table.isNull(index);
  }

  @Override
  public @Nullable WasmFunctionType functionType(int index) {
    requireElement(index);
    return this.table.functionType(index);
  }

  @Override
  public long[] call(int index, long... arguments) {
    WasmFunctionType type = functionType(index);
    if (type == null) {
      throw new NoSuchElementException(
          "Element %d of the %s is null and can't be called: ask isNull first, or let the guest set it"
              .formatted(index, this.description));
    }
    RawArguments.check(
        "The function %s in element %d of the %s".formatted(type, index, this.description),
        type,
        arguments);
    return this.calls.call(index, arguments);
  }

  private void requireElement(int index) {
    int size = size();
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          "The %s has %d elements and no element %d: pass an index that the guest gave, or ask size first"
              .formatted(this.description, size, index));
    }
  }
}
