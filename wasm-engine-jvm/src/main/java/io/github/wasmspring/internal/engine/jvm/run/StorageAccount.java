package io.github.wasmspring.internal.engine.jvm.run;

import io.github.wasmspring.engine.MemoryCharge;
import io.github.wasmspring.module.WasmModuleSettings.Limits;

/**
 * What the memories and tables of an instance and its threads may take together, and who pays for
 * what is beyond their beginnings.
 */
public final class StorageAccount implements MemoryCharge {

  private final MemoryCharge payer;
  private LinearMemory[] memories = {};
  private final long most;
  private long bytesLeft;
  private long elementsLeft;
  private boolean closed;

  public StorageAccount(Limits limits, MemoryCharge payer) {
    this.payer = payer;
    this.most = limits.memory();
    this.bytesLeft = this.most;
    this.elementsLeft = limits.tableElements();
  }

  /** What all memories together may have, in bytes. */
  long most() {
    return this.most;
  }

  /** For what an instance pays for beside its memories and tables. */
  public MemoryCharge payer() {
    return this.payer;
  }

  /** What an instance begins with has been paid for. */
  public synchronized void begin(LinearMemory[] all) {
    this.memories = all;
    this.bytesLeft -= size();
    committed(size());
  }

  /**
   * The bytes of all memories. Takes no lock, as it is asked for after each call; threads of the
   * guest begin after {@link #begin}, and their only memory says what it has by itself.
   */
  public long size() {
    long size = 0;
    for (LinearMemory each : this.memories) {
      size += each.size();
    }
    return size;
  }

  @Override
  public synchronized boolean add(long bytes) {
    if (this.closed || bytes > this.bytesLeft || !this.payer.addMemory(bytes)) {
      return false;
    }
    this.bytesLeft -= bytes;
    return true;
  }

  @Override
  public synchronized void subtract(long bytes) {
    this.bytesLeft += bytes;
    this.payer.subtractMemory(bytes);
  }

  /** Counts all memories anew. */
  @Override
  public void committed(long bytesOfOne) {
    this.payer.committed(size());
  }

  @Override
  public void grown() {
    this.payer.grown();
  }

  /** Those of an instance, which have been paid for. */
  public synchronized void beginElements(long count) {
    this.elementsLeft -= count;
  }

  public synchronized boolean addElements(long count) {
    if (this.closed
        || count > this.elementsLeft
        || !this.payer.add(count * TableInstructions.ELEMENT_BYTES)) {
      return false;
    }
    this.elementsLeft -= count;
    return true;
  }

  /** Nobody pays for anything more. */
  public synchronized void close() {
    this.closed = true;
  }

  public synchronized void subtractElements(long count) {
    this.elementsLeft += count;
    this.payer.subtract(count * TableInstructions.ELEMENT_BYTES);
  }
}
