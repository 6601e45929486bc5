package io.github.wasmspring.internal.load;

import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the module is that this thread loads. It goes with the thread, as it is known far below
 * what knows the module, behind interfaces that others implement.
 */
public final class LoadProgress {

  private static final ThreadLocal<@Nullable LoadProgress> CURRENT = new ThreadLocal<>();

  private final WasmEventPublisher events;
  private final String module;
  private final String version;

  private LoadProgress(WasmEventPublisher events, String module, String version) {
    this.events = events;
    this.module = module;
    this.version = version;
  }

  /** Loads a module; one that it imports from counts as a part of it. */
  public static <T> T during(
      WasmEventPublisher events, String module, String version, Supplier<T> load) {
    LoadProgress outer = CURRENT.get();
    CURRENT.set(new LoadProgress(events, module, version));
    try {
      return load.get();
    } finally {
      if (outer == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }

  /**
   * A part of it begins on this thread.
   *
   * @return {@code null} if nobody wants to know
   */
  public static @Nullable Part begin(WasmWork work) {
    LoadProgress current = CURRENT.get();
    return current == null ? null : new Part(current, new WorkProgress(current.events, work));
  }

  /** A part of loading a module. */
  public static final class Part {

    private final LoadProgress load;
    private final WorkProgress progress;

    private Part(LoadProgress load, WorkProgress progress) {
      this.load = load;
      this.progress = progress;
    }

    /** See {@link WorkProgress#advance}. */
    public void advance(long done, long total) {
      this.progress.advance(this.load.module, this.load.version, done, total);
    }

    /** See {@link WorkProgress#end}. */
    public void end(long total) {
      this.progress.end(this.load.module, this.load.version, total);
    }
  }
}
