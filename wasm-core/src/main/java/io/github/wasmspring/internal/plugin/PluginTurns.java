package io.github.wasmspring.internal.plugin;

import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is done to one plug-in is done one after the other, and so is what is done to those whose
 * ids a disk might not tell apart.
 */
final class PluginTurns {

  private static final int STRIPES = 64;

  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

  PluginTurns() {
    for (int i = 0; i < STRIPES; i++) {
      this.locks[i] = new ReentrantLock(true);
    }
  }

  /** Does it when those who came before are done. */
  <T> T within(String id, Supplier<T> work) {
    ReentrantLock lock = this.locks[Math.floorMod(id.toLowerCase(Locale.ROOT).hashCode(), STRIPES)];
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
