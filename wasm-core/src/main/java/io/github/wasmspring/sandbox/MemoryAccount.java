package io.github.wasmspring.sandbox;

import io.github.wasmspring.engine.MemoryCharge;

/** What one instance has of the memory budget; used by one thread at a time. */
public final class MemoryAccount implements MemoryCharge, AutoCloseable {

  private final MemoryBudget budget;
  private final String owner;
  private volatile long held;

  MemoryAccount(MemoryBudget budget, String owner) {
    this.budget = budget;
    this.owner = owner;
  }

  @Override
  public boolean add(long bytes) {
    return this.budget.add(this, bytes);
  }

  @Override
  public void subtract(long bytes) {
    hold(this.held - bytes);
    this.budget.roomMayBeFree();
  }

  String owner() {
    return this.owner;
  }

  long held() {
    return this.held;
  }

  void hold(long bytes) {
    this.held = bytes;
  }

  /** The instance is gone. */
  @Override
  public void close() {
    this.budget.remove(this);
  }
}
