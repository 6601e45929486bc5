package io.github.wasmspring.actor;

import java.io.ByteArrayOutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** What is kept of actors that hibernate, compressed; in the heap, or in a file. */
final class StoredStates implements AutoCloseable {

  /** Shorter ones are not worth the time. */
  private static final int LEAST_COMPRESSED = 256;

  private final @Nullable StateFile file;
  private final Queue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
  private final Queue<Inflater> inflaters = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong count = new AtomicLong();

  /**
   * @param file where they are, {@code null} for the heap
   */
  StoredStates(@Nullable StateFile file) {
    this.file = file;
  }

  /**
   * What is kept of one.
   *
   * @param heap {@code null} if it is in the file
   * @param at where in the file
   * @param length as it is kept
   * @param original bytes before it was compressed, 0 if it was not
   */
  record Stored(byte @Nullable [] heap, long at, int length, int original) {}

  Stored put(byte[] state) {
    byte[] compressed = state.length < LEAST_COMPRESSED ? state : compress(state);
    boolean smaller = compressed.length < state.length;
    byte[] kept = smaller ? compressed : state;
    int original = smaller ? state.length : 0;
    Stored stored =
        this.file == null
            ? new Stored(kept, 0, kept.length, original)
            : new Stored(null, this.file.write(kept), kept.length, original);
    this.bytes.addAndGet(kept.length);
    this.count.incrementAndGet();
    return stored;
  }

  byte[] get(Stored stored) {
    byte[] kept = stored.heap();
    if (kept == null && this.file != null) {
      kept = this.file.read(stored.at(), stored.length());
    }
    if (kept == null) {
      throw new IllegalStateException("What is kept of an actor is in no file");
    }
    return stored.original() == 0 ? kept : decompress(kept, stored.original());
  }

  void remove(Stored stored) {
    if (this.file != null && stored.heap() == null) {
      this.file.free(stored.at(), stored.length());
    }
    this.bytes.addAndGet(-stored.length());
    this.count.decrementAndGet();
  }

  long bytes() {
    return this.bytes.get();
  }

  long count() {
    return this.count.get();
  }

  private byte[] compress(byte[] state) {
    Deflater known = this.deflaters.poll();
    Deflater deflater = known == null ? new Deflater(Deflater.BEST_SPEED, true) : known;
    deflater.setInput(state);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream(state.length / 3);
    byte[] piece = new byte[4096];
    while (!deflater.finished()) {
      out.write(piece, 0, deflater.deflate(piece));
    }
    deflater.reset();
    this.deflaters.add(deflater);
    return out.toByteArray();
  }

  private byte[] decompress(byte[] compressed, int length) {
    Inflater known = this.inflaters.poll();
    Inflater inflater = known == null ? new Inflater(true) : known;
    inflater.setInput(compressed);
    byte[] state = new byte[length];
    try {
      int done = 0;
      while (done < length) {
        int more = inflater.inflate(state, done, length - done);
        if (more == 0) {
          throw new IllegalStateException("What is kept of an actor has been cut off");
        }
        done += more;
      }
    } catch (DataFormatException damaged) {
      throw new IllegalStateException("What is kept of an actor is damaged", damaged);
    } finally {
      inflater.reset();
      this.inflaters.add(inflater);
    }
    return state;
  }

  @Override
  public void close() {
    for (Deflater next = this.deflaters.poll(); next != null; next = this.deflaters.poll()) {
      next.end();
    }
    for (Inflater next = this.inflaters.poll(); next != null; next = this.inflaters.poll()) {
      next.end();
    }
    if (this.file != null) {
      this.file.close();
    }
  }
}
