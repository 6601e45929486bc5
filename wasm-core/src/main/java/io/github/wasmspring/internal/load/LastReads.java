package io.github.wasmspring.internal.load;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which digests were read last, by location. What resolvers remember of a location is known to be
 * of the same bytes only if nobody else read there meanwhile and the reading came to its end.
 */
final class LastReads {

  private final RecentlyUsed<String> digests = new RecentlyUsed<>();
  private final Map<String, Reads> running = new HashMap<>();

  /** Those of one location that are not at their end. */
  private static final class Reads {
    private int count;
    private boolean severalAtOnce;
  }

  /**
   * Who names a location from outside is sent other things, so neither knows what the other has.
   */
  static String key(String location, boolean fromOutside) {
    return (fromOutside ? "outside " : "") + location;
  }

  /** Whoever begins also {@link #end ends}. */
  synchronized void begin(String location) {
    this.digests.remove(location);
    Reads reads = this.running.computeIfAbsent(location, none -> new Reads());
    reads.count++;
    reads.severalAtOnce |= reads.count > 1;
  }

  /**
   * @param digest {@code null} if it could not be read
   */
  synchronized void end(String location, @Nullable String digest) {
    Reads reads = this.running.get(location);
    if (reads == null) {
      throw new IllegalStateException("nobody reads there");
    }
    reads.count--;
    if (reads.count == 0) {
      this.running.remove(location);
    }
    if (digest != null && !reads.severalAtOnce) {
      this.digests.put(location, digest);
    }
  }

  synchronized boolean is(String location, String digest) {
    return digest.equals(this.digests.get(location));
  }
}
