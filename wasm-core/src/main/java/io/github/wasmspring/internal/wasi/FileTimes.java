package io.github.wasmspring.internal.wasi;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The times that a guest wants a file to have.
 *
 * @param accessed in nanoseconds since 1970, {@code null} to leave it
 * @param modified likewise
 */
record FileTimes(@Nullable Long accessed, @Nullable Long modified) {

  private static final int ACCESSED = 1;
  private static final int ACCESSED_NOW = 2;
  private static final int MODIFIED = 4;
  private static final int MODIFIED_NOW = 8;

  static FileTimes of(int flags, long accessed, long modified, GuestClock clock) throws WasiError {
    return new FileTimes(
        time(flags, ACCESSED, ACCESSED_NOW, accessed, clock),
        time(flags, MODIFIED, MODIFIED_NOW, modified, clock));
  }

  private static @Nullable Long time(int flags, int given, int now, long nanos, GuestClock clock)
      throws WasiError {
    boolean isGiven = (flags & given) != 0;
    boolean isNow = (flags & now) != 0;
    if (isGiven && isNow) {
      throw new WasiError(Errno.INVAL);
    }
    if (isGiven) {
      return nanos;
    }
    return isNow ? clock.now() : null;
  }

  void set(BasicFileAttributeView view) throws IOException {
    view.setTimes(time(this.modified), time(this.accessed), null);
  }

  private static @Nullable FileTime time(@Nullable Long nanos) {
    return nanos == null ? null : FileTime.from(nanos, TimeUnit.NANOSECONDS);
  }
}
