package io.github.wasmspring.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.Table;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.engine.GuestThreads;
import io.github.wasmspring.internal.engine.ThreadImport;
import java.util.List;

/** What a thread of a guest does: it makes an instance over the shared memory and starts it. */
final class ThreadBody implements GuestThreads.Body {

  private final List<Table> tables;
  private final InstanceStorage storage;
  private final InstanceAssembly assembly;

  ThreadBody(List<Table> tables, InstanceStorage storage, InstanceAssembly assembly) {
    this.tables = tables;
    this.storage = storage;
    this.assembly = assembly;
  }

  private long tableElements() {
    return this.tables.stream().mapToLong(table -> table.limits().min()).sum();
  }

  @Override
  public boolean reserve() {
    if (!this.storage.addElements(tableElements())) {
      return false;
    }
    this.storage.settleMemory();
    return true;
  }

  @Override
  public void release() {
    this.storage.subtractElements(tableElements());
  }

  @Override
  public void run(GuestThreads threads, int id, int argument) {
    Instance instance = this.assembly.forThread(threads);
    try {
      instance.export(ThreadImport.START).apply(id, argument);
    } finally {
      this.storage.subtractElements(grown(instance));
    }
  }

  @Override
  public WasmException failed(Throwable failure) {
    return ChicoryInstance.failure(failure);
  }

  @Override
  public RuntimeException interrupted(String detail) {
    return new ChicoryInterruptedException(detail);
  }

  /** By how many elements the tables of the instance have grown; they go with it. */
  private long grown(Instance instance) {
    long now = 0;
    for (int i = 0; i < instance.tableCount(); i++) {
      now += instance.table(i).size();
    }
    return now - tableElements();
  }
}
