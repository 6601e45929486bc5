package io.github.wasmspring.internal.engine.jvm.run;

import java.util.Arrays;

/**
 * What code does with tables, whose indices are unsigned. Public for generated code, not for
 * applications.
 */
public final class TableInstructions {

  /** Of an element in which nothing is. */
  public static final int NULL = -1;

  public static final int ELEMENT_BYTES = 4;

  private static final int[] NO_ELEMENTS = {};

  private TableInstructions() {}

  /** The function in an element, for a call. */
  public static int function(int index, GuestContext context, int table) {
    int[] elements = context.tables[table];
    if (index < 0 || index >= elements.length) {
      LinkedTable linked = LinkedTable.ofOther(context, table);
      if (linked == null) {
        throw new Trap("undefined element");
      }
      return linked.function(index);
    }
    if (elements[index] == NULL) {
      throw new Trap("uninitialized element");
    }
    return elements[index];
  }

  public static RuntimeException otherType() {
    return new Trap("indirect call type mismatch");
  }

  public static int get(int index, GuestContext context, int table) {
    int[] elements = context.tables[table];
    if (index < 0 || index >= elements.length) {
      return otherTable(context, table).get(index);
    }
    return elements[index];
  }

  public static void set(int index, int value, GuestContext context, int table) {
    int[] elements = context.tables[table];
    if (index < 0 || index >= elements.length) {
      otherTable(context, table).set(index, value);
    } else {
      elements[index] = value;
    }
  }

  /** One that is empty here because another instance has it; an element that is not there traps. */
  private static LinkedTable otherTable(GuestContext context, int table) {
    LinkedTable linked = LinkedTable.ofOther(context, table);
    if (linked == null) {
      throw new Trap(Trap.TABLE);
    }
    return linked;
  }

  public static int size(GuestContext context, int table) {
    LinkedTable linked = LinkedTable.ofOther(context, table);
    return linked != null ? linked.elements().length : context.tables[table].length;
  }

  /** The size before, or -1 if the table can't grow by so many. */
  public static int grow(int value, int count, GuestContext context, int table) {
    GuestStop.ifInterrupted();
    LinkedTable linked = LinkedTable.ofOther(context, table);
    if (linked != null) {
      return linked.grow(value, count);
    }
    int before = context.tables[table].length;
    if (count < 0
        || count > context.maximumElements[table] - before
        || !context.storage.addElements(count)) {
      return -1;
    }
    try {
      int[] longer = Arrays.copyOf(context.tables[table], before + count);
      Arrays.fill(longer, before, longer.length, value);
      context.tables[table] = longer;
      return before;
    } catch (OutOfMemoryError full) {
      context.storage.subtractElements(count);
      return -1;
    }
  }

  public static void fill(int index, int value, int count, GuestContext context, int table) {
    GuestStop.ifInterrupted();
    LinkedTable linked = LinkedTable.ofOther(context, table);
    if (linked != null) {
      linked.fill(index, value, count);
      return;
    }
    check(index, count, context.tables[table].length);
    Arrays.fill(context.tables[table], index, index + count, value);
  }

  public static void copy(
      int target, int source, int count, GuestContext context, int to, int from) {
    GuestStop.ifInterrupted();
    LinkedTable linked = LinkedTable.of(context, to);
    LinkedTable outOf = LinkedTable.of(context, from);
    if (linked != null && outOf != null) {
      linked.copy(target, outOf, source, count);
      return;
    }
    check(source, count, context.tables[from].length);
    check(target, count, context.tables[to].length);
    System.arraycopy(context.tables[from], source, context.tables[to], target, count);
  }

  public static void init(
      int target, int source, int count, GuestContext context, int segment, int table) {
    GuestStop.ifInterrupted();
    LinkedTable linked = LinkedTable.ofOther(context, table);
    if (linked != null) {
      linked.init(target, source, count, context.elements[segment]);
      return;
    }
    check(source, count, context.elements[segment].length);
    check(target, count, context.tables[table].length);
    System.arraycopy(context.elements[segment], source, context.tables[table], target, count);
  }

  public static void drop(GuestContext context, int segment) {
    context.elements[segment] = NO_ELEMENTS;
  }

  static void check(int index, int count, int size) {
    if (index < 0 || count < 0 || index > size - count) {
      throw new Trap(Trap.TABLE);
    }
  }
}
