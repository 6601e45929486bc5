package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.util.TreeMap;

/** The numbers of a guest and what stands behind them. */
final class Descriptors implements AutoCloseable {

  /** Each is a descriptor of the host too, of which all guests together have only so many. */
  private static final int MOST = 128;

  /** Entries of directories that are kept for all of them together; they take heap of the host. */
  private static final int MOST_ENTRIES = 1 << 16;

  private final TreeMap<Long, Descriptor> open = new TreeMap<>();

  Descriptor get(long number) throws WasiError {
    Descriptor descriptor = this.open.get(number);
    if (descriptor == null) {
      throw new WasiError(Errno.BADF);
    }
    return descriptor;
  }

  /** Before something is opened, so that it need not be closed again. */
  void requireRoom() throws WasiError {
    if (this.open.size() >= MOST) {
      throw new WasiError(Errno.MFILE);
    }
  }

  /** Under the lowest number that is free. */
  long add(Descriptor descriptor) {
    long number = 0;
    while (this.open.containsKey(number)) {
      number++;
    }
    this.open.put(number, descriptor);
    return number;
  }

  void close(long number) throws WasiError, IOException {
    Descriptor closed = get(number);
    this.open.remove(number);
    closed.close();
  }

  void renumber(long from, long to) throws WasiError, IOException {
    Descriptor moved = get(from);
    Descriptor replaced = get(to);
    if (from != to) {
      this.open.remove(from);
      this.open.put(to, moved);
      replaced.close();
    }
  }

  /** Whether those that are open are so many from the lowest on. */
  boolean areFirst(int count) {
    return this.open.size() == count && (count == 0 || this.open.lastKey() == count - 1);
  }

  /** Reads the entries of a directory, as far as there is room for them. */
  void list(OpenDirectory directory) throws WasiError, IOException {
    directory.forgetListing();
    int kept = 0;
    for (Descriptor descriptor : this.open.values()) {
      kept += descriptor instanceof OpenDirectory other ? other.listed() : 0;
    }
    directory.list(MOST_ENTRIES - kept);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Descriptor descriptor : this.open.values()) {
      try {
        descriptor.close();
      } catch (IOException failed) {
        failure = failed;
      }
    }
    this.open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
