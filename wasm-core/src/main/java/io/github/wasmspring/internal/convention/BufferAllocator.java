package io.github.wasmspring.internal.convention;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmMemory;
import io.github.wasmspring.pool.WasmBorrowedInstance;

/** Memory inside a guest, from the guest's own allocator; nothing it says is believed. */
record BufferAllocator(ExportCall alloc, ExportCall free) {

  int allocate(WasmBorrowedInstance instance, int length) {
    int address = allocateIfRoom(instance, length);
    if (address == 0 && length > 0) {
      throw noRoom(length);
    }
    return address;
  }

  /**
   * @return 0 if there is no room, and maybe if the length is 0
   */
  int allocateIfRoom(WasmBorrowedInstance instance, int length) {
    int address = (int) this.alloc.call(instance, length);
    if (address != 0 || length == 0) {
      checkInside(memory(instance), address, length, "wasm_alloc returned");
    }
    return address;
  }

  static WasmExecutionException noRoom(long length) {
    return new WasmExecutionException(
        WasmErrorCategory.MEMORY_LIMIT,
        "the guest has no room for %d bytes of arguments within its memory limit".formatted(length),
        null);
  }

  void free(WasmBorrowedInstance instance, int address, int length) {
    this.free.call(instance, address, length);
  }

  static WasmMemory memory(WasmBorrowedInstance instance) {
    WasmMemory memory = instance.memory();
    if (memory == null) {
      throw new WasmExecutionException(
          WasmErrorCategory.ENGINE, "the memory of this module can't be read by the host", null);
    }
    return memory;
  }

  static void checkInside(WasmMemory memory, int address, int length, String who) {
    if (address < 0 || length < 0 || address > memory.size() - length) {
      throw new WasmExecutionException(
          WasmErrorCategory.TRAP,
          "%s %d bytes at address %d, which is not inside the %d bytes of the guest's memory"
              .formatted(
                  who,
                  Integer.toUnsignedLong(length),
                  Integer.toUnsignedLong(address),
                  memory.size()),
          null);
    }
  }
}
