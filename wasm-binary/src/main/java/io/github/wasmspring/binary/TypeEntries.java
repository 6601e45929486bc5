package io.github.wasmspring.binary;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.function.IntConsumer;

/**
 * The entries of the type section, each a type or a group of types, and which of them a module
 * uses. What is only declared needs no feature: compilers leave types behind that nothing refers
 * to.
 */
final class TypeEntries {

  private int[] starts = {};
  private int[] firstTypes = {};
  private long[] needs = {};
  private int count;
  private int types;
  private final BitSet usedTypes = new BitSet();
  private final BitSet used = new BitSet();
  private final Deque<Integer> unread = new ArrayDeque<>();

  /**
   * @param start the first byte of the entry that comes next
   * @param firstType the index of its first type
   */
  void add(int start, int firstType) {
    if (this.count == this.starts.length) {
      int more = Math.max(16, 2 * this.count);
      this.starts = Arrays.copyOf(this.starts, more);
      this.firstTypes = Arrays.copyOf(this.firstTypes, more);
      this.needs = Arrays.copyOf(this.needs, more);
    }
    this.starts[this.count] = start;
    this.firstTypes[this.count++] = firstType;
  }

  /**
   * What the entry needs that was added last.
   *
   * @param features a bit for each, by {@link WasmFeature#ordinal()}
   */
  void needs(long features) {
    this.needs[this.count - 1] = features;
  }

  /** All have been added. */
  void end(int position, int typeCount) {
    add(position, typeCount);
    this.count--;
    this.types = typeCount;
  }

  /**
   * @param type the index of one that something refers to; it may be none of this module
   */
  void use(long type) {
    if (type < 0 || type >= this.types || this.usedTypes.get((int) type)) {
      return;
    }
    this.usedTypes.set((int) type);
    int entry = entryOf((int) type);
    if (!this.used.get(entry)) {
      this.used.set(entry);
      this.unread.add(entry);
    }
  }

  /** The last that begins with the type or one before; groups may be empty. */
  private int entryOf(int type) {
    int low = 0;
    int high = this.count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (this.firstTypes[middle] <= type) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  void useAll() {
    for (int type = 0; type < this.types; type++) {
      use(type);
    }
  }

  /**
   * Goes to every entry that is used, those included that are found to be used meanwhile.
   *
   * @param reader takes the first byte of an entry
   */
  void readUsed(IntConsumer reader) {
    for (Integer entry = this.unread.poll(); entry != null; entry = this.unread.poll()) {
      reader.accept(this.starts[entry]);
    }
  }

  int count() {
    return this.count;
  }

  boolean isUsed(int entry) {
    return this.used.get(entry);
  }

  /** A bit for each feature, by {@link WasmFeature#ordinal()}. */
  long needs(int entry) {
    return this.needs[entry];
  }

  int start(int entry) {
    return this.starts[entry];
  }

  int end(int entry) {
    return this.starts[entry + 1];
  }

  /** More than one in a group. */
  int types(int entry) {
    return this.firstTypes[entry + 1] - this.firstTypes[entry];
  }
}
