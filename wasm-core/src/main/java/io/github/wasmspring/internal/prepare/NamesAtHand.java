package io.github.wasmspring.internal.prepare;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The names of a module's functions, read when they are first asked for. Threads that ask at the
 * same time may all read them; they are the same, and can't be changed. If reading them fails,
 * nothing is kept, and who asks next tries again.
 */
final class NamesAtHand implements Supplier<Map<Integer, String>> {

  private final Supplier<Map<Integer, String>> source;
  private volatile @Nullable Map<Integer, String> names;

  NamesAtHand(Supplier<Map<Integer, String>> source) {
    this.source = source;
  }

  @Override
  public Map<Integer, String> get() {
    Map<Integer, String> known = this.names;
    if (known == null) {
      known = Map.copyOf(this.source.get());
      this.names = known;
    }
    return known;
  }
}
