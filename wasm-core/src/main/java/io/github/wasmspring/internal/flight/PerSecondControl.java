package io.github.wasmspring.internal.flight;

import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import jdk.jfr.SettingControl;

/**
 * How many events of a kind are recorded in a second. The recorder makes one for all, which
 * therefore has a fixed size: kinds that come to the same slot share what it admits.
 */
final class PerSecondControl extends SettingControl {

  static final int DEFAULT = 100;

  private static final int SLOTS = 1024;

  /** In the upper half the second, in the lower half how many events it has had. */
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  private volatile int most = DEFAULT;

  /** Several recordings get what the one gets that wants most. */
  @Override
  public String combine(Set<String> settings) {
    return String.valueOf(
        settings.stream().mapToInt(PerSecondControl::parsed).max().orElse(DEFAULT));
  }

  @Override
  public void setValue(String setting) {
    this.most = parsed(setting);
  }

  @Override
  public String getValue() {
    return String.valueOf(this.most);
  }

  private static int parsed(String setting) {
    try {
      return Math.max(0, Integer.parseInt(setting.strip()));
    } catch (NumberFormatException nonsense) {
      return DEFAULT;
    }
  }

  boolean admits(int kind) {
    return admits(kind, System.nanoTime() / 1_000_000_000);
  }

  /**
   * @param kind a hash
   * @param second the number of the present one
   */
  boolean admits(int kind, long second) {
    int slot = (kind ^ kind >>> 10 ^ kind >>> 20) & SLOTS - 1;
    int limit = this.most;
    for (; ; ) {
      long before = this.slots.get(slot);
      long current = second << 32;
      long had = (before & ~0xFFFF_FFFFL) == current ? before & 0xFFFF_FFFFL : 0;
      if (had >= limit) {
        return false;
      }
      if (this.slots.compareAndSet(slot, before, current | had + 1)) {
        return true;
      }
    }
  }
}
