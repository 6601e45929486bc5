package io.github.wasmspring.internal.prepare;

import io.github.wasmspring.internal.engine.BackgroundCompiler;
import io.github.wasmspring.prepare.WasmTier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way of one loaded module from the interpreter to compiled code. Ends in one of four ways: it
 * had no way to go, its code was swapped, it could not be compiled, or the module was let go of
 * before that.
 *
 * <p>All changes of the phase are made by {@code compareAndSet}, so that each is made by one
 * thread: {@link #begin} to {@code WATCHED}, the meter or {@link #begin} to {@code QUEUED}, the
 * compiler's thread to {@code COMPILING} and on. {@link #drop} may come at any time before {@code
 * SWAPPING} and wins or loses against these. Whoever has won {@code SWAPPING} is alone, and writes
 * plainly what follows. {@code promotion} and {@code swap} are written before the phase that needs
 * them, and taken away in the last one; the compiler's thread reads them before it tries.
 */
public final class ModuleTier {

  private enum Phase {
    SETTLED(WasmTier.State.SETTLED),
    NEW(WasmTier.State.WATCHED),
    WATCHED(WasmTier.State.WATCHED),
    QUEUED(WasmTier.State.QUEUED),
    COMPILING(WasmTier.State.COMPILING),
    SWAPPING(WasmTier.State.COMPILING),
    COMPILED(WasmTier.State.COMPILED),
    FAILED(WasmTier.State.FAILED),
    DROPPED(WasmTier.State.SETTLED);

    private final WasmTier.State shown;

    Phase(WasmTier.State shown) {
      this.shown = shown;
    }
  }

  /** Compiles a module, and makes what becomes of it known. */
  interface Promotion {

    /** The module with compiled code, ready to be called. */
    PreparedModule compile();

    /** New calls get the compiled code now. */
    void succeeded(PreparedModule compiled);

    /**
     * @return why, for people to read
     */
    String failed(Throwable failure);
  }

  private final AtomicReference<Phase> phase;
  private final @Nullable BackgroundCompiler compiler;
  private final @Nullable UseCounter meter;
  private final Runnable job = this::run;
  private volatile String reason;
  private volatile @Nullable Promotion promotion;
  private volatile @Nullable Predicate<PreparedModule> swap;

  private ModuleTier(
      Phase phase,
      String reason,
      @Nullable BackgroundCompiler compiler,
      @Nullable TierSettings watched) {
    this.phase = new AtomicReference<>(phase);
    this.reason = reason;
    this.compiler = compiler;
    this.meter = watched == null ? null : new UseCounter(watched, this::enqueue);
  }

  /** Of a module that stays as it is. */
  static ModuleTier settled(String reason) {
    return new ModuleTier(Phase.SETTLED, reason, null, null);
  }

  /** Of a module that is to be compiled in any case. */
  static ModuleTier eager(BackgroundCompiler compiler) {
    return new ModuleTier(Phase.NEW, "", compiler, null);
  }

  /** Of a module that is to be compiled when it has been used enough. */
  static ModuleTier watched(BackgroundCompiler compiler, TierSettings settings) {
    return new ModuleTier(Phase.NEW, "", compiler, settings);
  }

  /** Whether the code stays what it is from the beginning. */
  boolean isSettled() {
    return this.compiler == null;
  }

  /** Counts how the module is used, {@code null} if that does not matter. */
  @Nullable UseCounter meter() {
    return this.meter;
  }

  void promoteBy(Promotion promotion) {
    this.promotion = promotion;
  }

  /**
   * The module can be called from now on.
   *
   * @param swap puts the compiled module in the place of this one; {@code false} if this one has
   *     lost its place meanwhile
   */
  public void begin(Predicate<PreparedModule> swap) {
    this.swap = swap;
    if (this.phase.compareAndSet(Phase.NEW, Phase.WATCHED)
        && (this.meter == null || this.meter.isEnough())) {
      enqueue();
    }
  }

  private void enqueue() {
    BackgroundCompiler threads = this.compiler;
    if (threads != null
        && this.phase.compareAndSet(Phase.WATCHED, Phase.QUEUED)
        && !threads.submit(this.job)) {
      drop();
    }
  }

  private void run() {
    Promotion work = this.promotion;
    Predicate<PreparedModule> place = this.swap;
    if (work == null || place == null || !this.phase.compareAndSet(Phase.QUEUED, Phase.COMPILING)) {
      return;
    }
    try {
      PreparedModule compiled = work.compile();
      if (this.phase.compareAndSet(Phase.COMPILING, Phase.SWAPPING) && place.test(compiled)) {
        this.phase.set(Phase.COMPILED);
        work.succeeded(compiled);
      } else {
        this.phase.set(Phase.DROPPED);
        compiled.close();
      }
    } catch (Throwable failure) {
      if (this.phase.compareAndSet(Phase.COMPILING, Phase.SWAPPING)) {
        this.reason = work.failed(failure);
        this.phase.set(Phase.FAILED);
      }
    } finally {
      letGo();
    }
  }

  /** The module is let go of: what has been compiled for it will be of no use. */
  void drop() {
    boolean early =
        this.phase.compareAndSet(Phase.NEW, Phase.DROPPED)
            || this.phase.compareAndSet(Phase.WATCHED, Phase.DROPPED)
            || this.phase.compareAndSet(Phase.QUEUED, Phase.DROPPED)
            || this.phase.compareAndSet(Phase.COMPILING, Phase.DROPPED);
    if (early) {
      letGo();
      if (this.compiler != null) {
        this.compiler.cancel(this.job);
      }
    }
  }

  /** The bytes of the module among others. */
  private void letGo() {
    this.promotion = null;
    this.swap = null;
  }

  public WasmTier status() {
    Phase now = this.phase.get();
    return new WasmTier(
        now == Phase.NEW && this.meter == null ? WasmTier.State.QUEUED : now.shown, explain(now));
  }

  private String explain(Phase now) {
    return switch (now) {
      case NEW, WATCHED ->
          this.meter != null ? this.meter.describe() : "it is about to be compiled";
      case QUEUED -> "it waits for a thread that compiles in the background";
      case COMPILING, SWAPPING -> "it is being compiled in the background";
      case COMPILED -> "the interpreter answered until it was compiled";
      case DROPPED -> "it was let go of before it was compiled";
      case SETTLED, FAILED -> this.reason;
    };
  }
}
