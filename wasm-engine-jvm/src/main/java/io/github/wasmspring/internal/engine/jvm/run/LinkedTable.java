package io.github.wasmspring.internal.engine.jvm.run;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table as one of the instances uses it that have it. Its elements are in the instance that it
 * belongs to, and are the numbers that functions have there.
 *
 * @param owner which has it
 * @param holdsFunctions whether its elements are references to functions
 * @param user whose code uses it; may be the owner
 */
public record LinkedTable(
    GuestContext owner, int index, boolean holdsFunctions, GuestContext user) {

  /** {@code null} if none of the instance's tables is one of another instance. */
  static @Nullable LinkedTable of(GuestContext context, int table) {
    LinkedTable[] linked = context.linkedTables;
    return linked == null ? null : linked[table];
  }

  /** {@code null} if the table is the instance's own. */
  public static @Nullable LinkedTable ofOther(GuestContext context, int table) {
    LinkedTable linked = of(context, table);
    return linked == null || linked.owner == linked.user ? null : linked;
  }

  int[] elements() {
    return this.owner.tables[this.index];
  }

  private int toUser(int reference) {
    return this.holdsFunctions ? this.owner.carry(reference, this.user) : reference;
  }

  private int toOwner(int reference) {
    return this.holdsFunctions ? this.user.carry(reference, this.owner) : reference;
  }

  int function(int element) {
    return toUser(TableInstructions.function(element, this.owner, this.index));
  }

  int get(int element) {
    return toUser(TableInstructions.get(element, this.owner, this.index));
  }

  void set(int element, int reference) {
    TableInstructions.set(element, toOwner(reference), this.owner, this.index);
  }

  int grow(int reference, int count) {
    return TableInstructions.grow(toOwner(reference), count, this.owner, this.index);
  }

  void fill(int element, int reference, int count) {
    TableInstructions.check(element, count, elements().length);
    Arrays.fill(elements(), element, element + count, toOwner(reference));
  }

  public void init(int target, int source, int count, int[] segment) {
    TableInstructions.check(source, count, segment.length);
    TableInstructions.check(target, count, elements().length);
    for (int i = 0; i < count; i++) {
      GuestStop.ifInterruptedInStep(i);
      elements()[target + i] = toOwner(segment[source + i]);
    }
  }

  void copy(int target, LinkedTable from, int source, int count) {
    TableInstructions.check(source, count, from.elements().length);
    TableInstructions.check(target, count, elements().length);
    if (from.owner == this.owner || !this.holdsFunctions) {
      System.arraycopy(from.elements(), source, elements(), target, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      GuestStop.ifInterruptedInStep(i);
      elements()[target + i] = from.owner.carry(from.elements()[source + i], this.owner);
    }
  }
}
