package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.engine.MemoryCharge;
import org.jspecify.annotations.Nullable;

/**
 * What one instance has of the memory budget. Its holder changes it, and the threads that its guest
 * has started, which may outlive it for a moment; the budget's monitor orders the changes. {@code
 * held} and {@code committed} are written under that monitor only. They are volatile for those who
 * look without it: a number of a moment ago, but never half of one.
 */
public final class MemoryAccount implements MemoryCharge, AutoCloseable {

  private final MemoryBudget budget;
  private final ModuleMemory owner;
  private volatile long held;
  private volatile long committed;
  private volatile long lastGrowth;
  private volatile @Nullable GuestHeap heap;
  private volatile @Nullable MemoryCharge payer;

  MemoryAccount(MemoryBudget budget, ModuleMemory owner) {
    this.budget = budget;
    this.owner = owner;
  }

  @Override
  public boolean add(long bytes) {
    MemoryCharge also = this.payer;
    return also == null ? this.budget.add(this, bytes) : addFor(also, bytes);
  }

  private boolean addFor(MemoryCharge also, long bytes) {
    StackRoom.require();
    if (!also.add(bytes)) {
      return false;
    }
    boolean added = this.budget.add(this, bytes);
    if (!added) {
      also.subtract(bytes);
    }
    return added;
  }

  @Override
  public void subtract(long bytes) {
    MemoryCharge also = this.payer;
    if (also != null) {
      also.subtract(bytes);
    }
    this.budget.subtract(this, bytes);
  }

  /**
   * Who has to have room too for what is added from now on.
   *
   * @param also {@code null} for nobody else
   */
  public void payBy(@Nullable MemoryCharge also) {
    this.payer = also;
  }

  @Override
  public void committed(long bytes) {
    this.budget.committed(this, bytes);
  }

  @Override
  public void grown() {
    this.budget.grown(this);
  }

  /** What the guest's allocator says now. */
  public void heap(GuestHeap heap) {
    this.heap = heap;
  }

  @Nullable GuestHeap heap() {
    return this.heap;
  }

  /** The bytes of linear memory. */
  long committed() {
    return this.committed;
  }

  /** By how many bytes it changed last. */
  long lastGrowth() {
    return this.lastGrowth;
  }

  ModuleMemory owner() {
    return this.owner;
  }

  /** All bytes that the instance has. */
  public long held() {
    return this.held;
  }

  /** For the budget, which keeps the totals. */
  void hold(long bytes) {
    this.held = bytes;
  }

  /** For the budget, which keeps the totals. */
  void commit(long bytes) {
    this.lastGrowth = bytes - this.committed;
    this.committed = bytes;
  }

  /** The instance is gone. */
  @Override
  public void close() {
    this.budget.remove(this);
  }
}
