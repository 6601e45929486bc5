package io.github.wasmspring.internal.wasi;

/**
 * A call of a function of WASI.
 *
 * @param process the world of the guest that calls
 * @param memory the memory of the guest
 * @param arguments as the engine passes them
 */
record WasiCall(WasiProcess process, GuestMemory memory, long[] arguments) {

  /** An {@code i32}, unsigned: an address, a length or a descriptor. */
  long u32(int index) {
    return this.arguments[index] & 0xffffffffL;
  }

  int i32(int index) {
    return (int) this.arguments[index];
  }

  long i64(int index) {
    return this.arguments[index];
  }

  Descriptor descriptor(int index) throws WasiError {
    return this.process.descriptors().get(u32(index));
  }

  OpenFile file(int index) throws WasiError {
    Descriptor descriptor = descriptor(index);
    if (descriptor instanceof OpenFile file) {
      return file;
    }
    throw new WasiError(descriptor instanceof OpenDirectory ? Errno.ISDIR : Errno.SPIPE);
  }

  OpenDirectory directory(int index) throws WasiError {
    if (descriptor(index) instanceof OpenDirectory directory) {
      return directory;
    }
    throw new WasiError(Errno.NOTDIR);
  }

  /** A path as address and length. */
  GuestPath path(int index) throws WasiError {
    return GuestPath.parse(this.memory.readPath(u32(index), u32(index + 1)));
  }
}
