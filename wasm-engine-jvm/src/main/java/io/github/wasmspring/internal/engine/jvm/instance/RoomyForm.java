package io.github.wasmspring.internal.engine.jvm.instance;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The form of a module whose memories have room to grow. It is made once an instance has copied too
 * much while it grew, beside the calls; those of that instance that begin later and all new
 * instances use it. Its code is slower, for it compares each address with the size.
 */
public final class RoomyForm {

  private static final Logger logger = LoggerFactory.getLogger(RoomyForm.class);

  private final Supplier<GuestCode> maker;
  private final Executor executor;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile @Nullable GuestCode code;

  public RoomyForm(Supplier<GuestCode> maker, Executor executor) {
    this.maker = maker;
    this.executor = executor;
  }

  /** Where classes can't be made. */
  public static RoomyForm none() {
    return new RoomyForm(
        () -> {
          throw new IllegalStateException("a native image can't make classes");
        },
        Runnable::run);
  }

  /** {@code null} if nobody has wanted it, or if it is not there yet. */
  @Nullable GuestCode code() {
    return this.code;
  }

  /**
   * The form, made here if it is not there yet.
   *
   * @throws io.github.wasmspring.WasmLoadException {@code INVALID} if it is more than the JVM can
   *     have
   */
  GuestCode require() {
    GuestCode known = this.code;
    if (known == null) {
      known = this.maker.get();
      this.code = known;
    }
    return known;
  }

  void want() {
    if (this.wanted.compareAndSet(false, true)) {
      this.executor.execute(this::make);
    }
  }

  private void make() {
    try {
      this.code = this.maker.get();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError failure) {
      logger.warn(
          "A module whose memory grows often goes on as it is, and copies its memory each time it grows: {}",
          failure.toString());
    }
  }
}
