package io.github.wasmspring.internal.engine.jvm.run;

/**
 * The same as {@link TableInstructions} for tables whose indices are {@code i64}. Public for
 * generated code, not for applications.
 */
public final class Table64Instructions {

  private Table64Instructions() {}

  /** Negative, and with that beyond all tables, if it has more than 31 bits. */
  private static int index(long index) {
    return index == (int) index ? (int) index : -1;
  }

  public static int function(long index, GuestContext context, int table) {
    return TableInstructions.function(index(index), context, table);
  }

  public static int get(long index, GuestContext context, int table) {
    return TableInstructions.get(index(index), context, table);
  }

  public static void set(long index, int value, GuestContext context, int table) {
    TableInstructions.set(index(index), value, context, table);
  }

  public static long size(GuestContext context, int table) {
    return TableInstructions.size(context, table);
  }

  public static long grow(int value, long count, GuestContext context, int table) {
    return TableInstructions.grow(value, index(count), context, table);
  }

  public static void fill(long index, int value, long count, GuestContext context, int table) {
    TableInstructions.fill(index(index), value, index(count), context, table);
  }

  public static void copy(
      long target, long source, long count, GuestContext context, int to, int from) {
    TableInstructions.copy(index(target), index(source), index(count), context, to, from);
  }

  public static void copy(
      long target, int source, int count, GuestContext context, int to, int from) {
    TableInstructions.copy(index(target), source, count, context, to, from);
  }

  public static void copy(
      int target, long source, int count, GuestContext context, int to, int from) {
    TableInstructions.copy(target, index(source), count, context, to, from);
  }

  public static void init(
      long target, int source, int count, GuestContext context, int segment, int table) {
    TableInstructions.init(index(target), source, count, context, segment, table);
  }
}
