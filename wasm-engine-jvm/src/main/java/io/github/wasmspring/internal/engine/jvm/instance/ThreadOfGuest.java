package io.github.wasmspring.internal.engine.jvm.instance;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.jvm.module.GuestModule;
import io.github.wasmspring.internal.engine.jvm.run.Failures;
import io.github.wasmspring.internal.engine.jvm.run.GuestStop;
import io.github.wasmspring.internal.engine.jvm.run.SharedLinearMemory;
import io.github.wasmspring.internal.engine.jvm.run.StorageAccount;

/** What a thread of a guest does: it makes an instance over the shared memory and starts it. */
final class ThreadOfGuest implements GuestThreads.Body {

  private final JvmInstance owner;
  private final StorageAccount storage;
  private final long elements;

  /**
   * @param owner the instance whose caller starts threads
   */
  ThreadOfGuest(JvmInstance owner, GuestModule module) {
    this.owner = owner;
    this.storage = owner.context().storage;
    this.elements = ContextFiller.elements(module);
  }

  @Override
  public boolean reserve() {
    if (!this.storage.addElements(this.elements)) {
      return false;
    }
    if (this.owner.context().memory instanceof SharedLinearMemory shared) {
      shared.settle();
    }
    return true;
  }

  @Override
  public void release() {
    this.storage.subtractElements(this.elements);
  }

  @Override
  public void run(GuestThreads threads, int id, int argument) {
    JvmInstance instance = this.owner.forThread();
    try {
      instance.runThread(id, argument);
    } finally {
      this.storage.subtractElements(instance.context().elements() - this.elements);
    }
  }

  @Override
  public WasmException failed(Throwable failure) {
    return Failures.of(failure);
  }

  @Override
  public RuntimeException interrupted(String detail) {
    return GuestStop.now();
  }
}
