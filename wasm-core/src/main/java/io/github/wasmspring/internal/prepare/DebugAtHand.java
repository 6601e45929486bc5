package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.internal.debug.SourceLines;
import io.github.wasmspring.internal.sandbox.GuestDebug;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a module says for debugging, read when it is first asked for, and lines again if the heap
 * had no room for them. Threads that ask at the same time may all read it; it is the same, and
 * can't be changed. If reading fails, nothing is kept, and who asks next tries again.
 */
final class DebugAtHand implements GuestDebug {

  /** What is read. */
  record Data(Map<Integer, String> names, SourceLines lines) {

    static final Data NONE = new Data(Map.of(), SourceLines.NONE);
  }

  private final Supplier<Data> source;
  private volatile @Nullable Map<Integer, String> names;
  private volatile @Nullable SoftReference<SourceLines> lines;

  DebugAtHand(Supplier<Data> source) {
    this.source = source;
  }

  private Data read() {
    Data read = this.source.get();
    Map<Integer, String> copy = Map.copyOf(read.names());
    this.names = copy;
    this.lines = new SoftReference<>(read.lines());
    return new Data(copy, read.lines());
  }

  @Override
  public Map<Integer, String> names() {
    Map<Integer, String> known = this.names;
    return known != null ? known : read().names();
  }

  @Override
  public SourceLines lines() {
    SoftReference<SourceLines> reference = this.lines;
    SourceLines known = reference == null ? null : reference.get();
    return known != null ? known : read().lines();
  }
}
