package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All documents of an index, by slot and by id: what copies are made from, and what Java searches.
 * One writer at a time, who is told apart from readers by versions: a slot is not used again before
 * nobody can look for what it held.
 */
final class VectorRecords {

  private final Map<String, VectorEntry> byId = new ConcurrentHashMap<>();
  private final BitSet taken = new BitSet();

  /** Readers go through all slots; the writer empties some. */
  private final ReentrantReadWriteLock emptying = new ReentrantReadWriteLock();

  private volatile @Nullable VectorEntry[] slots = new VectorEntry[0];
  private volatile long version;

  long version() {
    return this.version;
  }

  /** The highest slot that was ever in use, and one. */
  int end() {
    return this.slots.length;
  }

  int size() {
    return this.byId.size();
  }

  @Nullable VectorEntry find(String id) {
    return this.byId.get(id);
  }

  /** What is in a slot, for whoever keeps the version that he looks at from going away. */
  @Nullable VectorEntry at(int slot, long version) {
    VectorEntry entry = this.slots[slot];
    return entry != null && entry.isThere(version) ? entry : null;
  }

  /** The lowest slots that are free, without taking them. */
  int[] freeSlots(int count) {
    int[] free = new int[count];
    int next = 0;
    for (int each = 0; each < count; each++) {
      next = this.taken.nextClearBit(next);
      free[each] = next++;
    }
    return free;
  }

  /** The first entries, before anybody reads or writes. */
  void begin(List<VectorEntry> entries) {
    enter(entries);
    entries.forEach(entry -> this.byId.put(entry.document.id(), entry));
  }

  /** The entries are there from the next version on. */
  void enter(List<VectorEntry> entries) {
    int end = entries.stream().mapToInt(entry -> entry.slot + 1).max().orElse(0);
    @Nullable VectorEntry[] held = this.slots;
    if (end > held.length) {
      int more = Math.min(VectorIndexSettings.MOST_VECTORS, held.length + held.length / 2);
      held = Arrays.copyOf(held, Math.max(end, more));
    }
    for (VectorEntry entry : entries) {
      held[entry.slot] = entry;
      this.taken.set(entry.slot);
    }
    this.slots = held;
  }

  /** From now on new readers see the next version. */
  void publish(List<VectorEntry> entered, List<VectorEntry> left) {
    long next = this.version + 1;
    left.forEach(entry -> entry.end(next));
    this.version = next;
    // In this order, so that there is no moment without what is replaced.
    entered.forEach(entry -> this.byId.put(entry.document.id(), entry));
    left.forEach(entry -> this.byId.remove(entry.document.id(), entry));
  }

  /** Nobody looks for these any more. */
  void empty(List<VectorEntry> left) {
    if (left.isEmpty()) {
      return;
    }
    this.emptying.writeLock().lock();
    try {
      for (VectorEntry entry : left) {
        this.slots[entry.slot] = null;
        this.taken.clear(entry.slot);
      }
    } finally {
      this.emptying.writeLock().unlock();
    }
  }

  /** Goes through what there is now. */
  void forEach(Consumer<VectorEntry> visitor) {
    this.emptying.readLock().lock();
    try {
      forEach(this.version, visitor);
    } finally {
      this.emptying.readLock().unlock();
    }
  }

  /** The same for whoever keeps a version from going away. */
  void forEach(long version, Consumer<VectorEntry> visitor) {
    for (VectorEntry entry : this.slots) {
      if (entry != null && entry.isThere(version)) {
        visitor.accept(entry);
      }
    }
  }

  List<VectorEntry> all() {
    List<VectorEntry> all = new ArrayList<>();
    forEach(all::add);
    return all;
  }
}
