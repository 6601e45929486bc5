package io.github.wasmspring.internal.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the locations that were asked for last; who comes and goes does not stay. */
final class RecentlyUsed<T> {

  private static final int MOST = 256;

  private final Map<String, T> entries =
      new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
          return size() > MOST;
        }
      };

  synchronized @Nullable T get(String location) {
    return this.entries.get(location);
  }

  synchronized void put(String location, T known) {
    this.entries.put(location, known);
  }

  synchronized void remove(String location) {
    this.entries.remove(location);
  }
}
