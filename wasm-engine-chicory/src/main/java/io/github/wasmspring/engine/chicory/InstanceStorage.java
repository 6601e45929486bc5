package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.Table;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.engine.StartingSize;
import io.github.wasmspring.internal.engine.SharedBytes;
import io.github.wasmspring.module.WasmModuleSettings.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memories and tables of one instance and its threads, which have their limits in common. An
 * instance has one thread while it starts no others.
 */
final class InstanceStorage implements MemoryCharge {

  /** What Chicory keeps for an element of a table. */
  private static final int ELEMENT_BYTES = 8;

  private final Limits limits;
  private final MemoryCharge budget;
  private final List<Memory> memories = new ArrayList<>(1);
  private long memory;
  private long elements;
  private int tables;
  private @Nullable SharedMemory shared;
  private boolean closed;

  /**
   * @param budget what pays for growth; what the instance starts with has been paid for
   */
  InstanceStorage(Limits limits, MemoryCharge budget) {
    this.limits = limits;
    this.budget = budget;
  }

  /** What pays for what is kept beside them. */
  MemoryCharge payer() {
    return this.budget;
  }

  /**
   * The bytes that an instance takes from the start.
   *
   * @throws WasmLoadException {@code MEMORY_LIMIT} if that is more than it may have
   */
  static long footprint(List<MemoryLimits> memories, List<Table> tables, Limits limits) {
    long elements = tables.stream().mapToLong(table -> table.limits().min()).sum();
    long declared = sum(memories);
    StartingSize.check(declared, elements, limits);
    return elements * ELEMENT_BYTES + declared;
  }

  private static long sum(List<MemoryLimits> memories) {
    return memories.stream().mapToLong(memory -> bytes(memory.initialPages())).sum();
  }

  private static int maximumPages(MemoryLimits memory, Limits limits) {
    long pages = Math.min(limits.memory() / Memory.PAGE_SIZE, Memory.RUNTIME_MAX_PAGES);
    return (int) Math.min(memory.maximumPages(), pages);
  }

  private static long bytes(long pages) {
    return pages * Memory.PAGE_SIZE;
  }

  Memory newMemory(MemoryLimits declared) {
    BulkWork.stopIfInterruptedInStep(this.memories.size());
    this.memory += bytes(declared.initialPages());
    MemoryLimits capped = capped(declared);
    Memory memory = declared.shared() ? sharedMemory(capped) : new ContiguousMemory(capped, this);
    this.memories.add(memory);
    this.budget.committed(this.memory);
    return memory;
  }

  private Memory sharedMemory(MemoryLimits capped) {
    this.shared =
        new SharedMemory(new SharedBytes(capped.initialPages(), capped.maximumPages(), this), true);
    return this.shared;
  }

  /** Prepares the shared memory for the first thread that its caller starts. */
  void settleMemory() {
    requireShared().settle();
  }

  /** The shared memory of the instance as one of its threads sees it. */
  Memory memoryOfThread() {
    return new SharedMemory(requireShared().bytes(), false);
  }

  private SharedMemory requireShared() {
    if (this.shared == null) {
      throw new IllegalStateException("An instance without shared memory has no threads");
    }
    return this.shared;
  }

  /** Counts all memories anew, so that one guest that overflows in here leaves no lasting error. */
  @Override
  public synchronized void committed(long bytesOfOne) {
    long bytes = 0;
    for (int i = 0; i < this.memories.size(); i++) {
      bytes += bytes(this.memories.get(i).pages());
    }
    this.budget.committed(bytes);
  }

  @Override
  public void grown() {
    this.budget.grown();
  }

  MemoryLimits capped(MemoryLimits declared) {
    return new MemoryLimits(
        declared.initialPages(), maximumPages(declared, this.limits), declared.shared());
  }

  TableInstance newTable(Table declared, int initial) {
    BulkWork.stopIfInterruptedInStep(this.tables++);
    this.elements += declared.limits().min();
    return new CappedTable(declared, initial, this);
  }

  /** A table of a thread, whose elements have been added. */
  TableInstance tableOfThread(Table declared, int initial) {
    return new CappedTable(declared, initial, this);
  }

  /** Charges for the memory of an array that takes the place of a smaller one. */
  @Override
  public synchronized boolean add(long bytes) {
    if (this.closed
        || bytes > this.limits.memory() - this.memory
        || !this.budget.addMemory(bytes)) {
      return false;
    }
    this.memory += bytes;
    return true;
  }

  @Override
  public synchronized void subtract(long bytes) {
    this.memory -= bytes;
    this.budget.subtractMemory(bytes);
  }

  synchronized boolean addElements(long count) {
    if (this.closed
        || count > this.limits.tableElements() - this.elements
        || !this.budget.add(count * ELEMENT_BYTES)) {
      return false;
    }
    this.elements += count;
    return true;
  }

  /** Nobody pays for anything more. */
  synchronized void close() {
    this.closed = true;
  }

  synchronized void subtractElements(long count) {
    this.elements -= count;
    this.budget.subtract(count * ELEMENT_BYTES);
  }
}
