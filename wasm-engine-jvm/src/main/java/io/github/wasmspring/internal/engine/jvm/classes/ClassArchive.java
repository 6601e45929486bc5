package io.github.wasmspring.internal.engine.jvm.classes;

import io.github.wasmspring.engine.CompiledCodeKey;
import io.github.wasmspring.engine.CompiledCodeStore;
import io.github.wasmspring.split.BigFunction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a module that were made so far, in this process or before. They are written to
 * disk some time after one was added, at first soon and then ever later, so that few writes keep
 * many of them.
 */
final class ClassArchive {

  private static final long FIRST_DELAY = 500;
  private static final long LONGEST_DELAY = 60_000;

  private final CompiledCodeStore store;
  private final CompiledCodeKey key;
  private final KnownBigFunctions bigFunctions;
  private final ObjLongConsumer<Runnable> later;
  private final Map<String, byte[]> classes = new ConcurrentHashMap<>();

  private final AtomicBoolean isDue = new AtomicBoolean();
  private final AtomicLong delay = new AtomicLong(FIRST_DELAY);
  private volatile boolean isClosed;

  /**
   * @param later runs something after so many milliseconds
   */
  ClassArchive(
      CompiledCodeStore store,
      CompiledCodeKey key,
      KnownBigFunctions bigFunctions,
      ObjLongConsumer<Runnable> later) {
    this.store = store;
    this.key = key;
    this.bigFunctions = bigFunctions;
    this.later = later;
  }

  /**
   * Takes what was written before.
   *
   * @return {@code false} if there is nothing that can be used
   */
  boolean read() {
    byte[] bytes = this.store.find(this.key);
    if (bytes == null) {
      return false;
    }
    try {
      read(new DataInputStream(new ByteArrayInputStream(bytes)));
      return true;
    } catch (IOException | IllegalArgumentException damaged) {
      this.store.discard(this.key, "it can't be read (" + damaged.getMessage() + ")");
      return false;
    }
  }

  private void read(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      this.bigFunctions.add(BuiltModule.read(in.readUTF()));
    }
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new EOFException("it ends before the class " + name);
      }
      this.classes.put(name, in.readNBytes(length));
    }
  }

  private byte[] write() {
    List<BigFunction> big = this.bigFunctions.all();
    Map<String, byte[]> written = Map.copyOf(this.classes);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(big.size());
      for (BigFunction function : big) {
        out.writeUTF(BuiltModule.write(function));
      }
      out.writeInt(written.size());
      for (Map.Entry<String, byte[]> each : written.entrySet()) {
        out.writeUTF(each.getKey());
        out.writeInt(each.getValue().length);
        out.write(each.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("Memory can be written to", impossible);
    }
    return bytes.toByteArray();
  }

  /** Of the module. */
  String digest() {
    return this.key.digest();
  }

  /** The bytes of a class, {@code null} if it was not made yet. */
  byte @Nullable [] get(String name) {
    return this.classes.get(name);
  }

  /** For a call that waits for the class, and must not wait for the disk as well. */
  void add(String name, byte[] bytes) {
    this.classes.put(name, bytes);
    if (!this.isClosed && this.isDue.compareAndSet(false, true)) {
      this.later.accept(
          this::save, this.delay.getAndUpdate(last -> Math.min(LONGEST_DELAY, 2 * last)));
    }
  }

  /** Writes what was added since it was last written. */
  synchronized void save() {
    if (this.isDue.getAndSet(false) && !this.isClosed) {
      this.store.store(this.key, write());
    }
  }

  /** Nothing is written any more. */
  synchronized void close() {
    this.isClosed = true;
  }

  /** What was read is nothing that the JVM takes. */
  void discard(LinkageError refused) {
    close();
    this.store.discard(this.key, "the JVM does not take it (" + refused + ")");
  }
}
