package io.github.wasmspring.dashboard.view;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How long calls took in the last minute, second by second; for one thread. */
final class LatencyMinute {

  private final long[] last = new long[LatencyCounts.SIZE];
  private final long[] sum = new long[LatencyCounts.SIZE];
  private final ArrayDeque<int[]> seconds = new ArrayDeque<>();
  private long total;

  /** A second is over. */
  void tick(LatencyCounts counts) {
    int[] added = new int[2 * LatencyCounts.SIZE];
    int length = 0;
    for (int i = 0; i < LatencyCounts.SIZE; i++) {
      long now = counts.count(i);
      int grown = (int) Math.min(Integer.MAX_VALUE, now - this.last[i]);
      if (grown > 0) {
        this.last[i] = now;
        this.sum[i] += grown;
        this.total += grown;
        added[length++] = i;
        added[length++] = grown;
      }
    }
    this.seconds.addLast(Arrays.copyOf(added, length));
    if (this.seconds.size() > CallHistory.SECONDS) {
      forget(this.seconds.removeFirst());
    }
  }

  private void forget(int[] second) {
    for (int i = 0; i < second.length; i += 2) {
      this.sum[second[i]] -= second[i + 1];
      this.total -= second[i + 1];
    }
  }

  /** Adds up what several modules have. */
  static LatencyMinute all(Iterable<LatencyMinute> parts) {
    LatencyMinute all = new LatencyMinute();
    for (LatencyMinute part : parts) {
      for (int i = 0; i < LatencyCounts.SIZE; i++) {
        all.sum[i] += part.sum[i];
      }
      all.total += part.total;
    }
    return all;
  }

  /**
   * @param share of the calls that took at most so long, 1 for all
   * @return nanoseconds, {@code null} if there were none
   */
  @Nullable Long quantile(double share) {
    if (this.total == 0) {
      return null;
    }
    long rank = Math.max(1, (long) Math.ceil(share * this.total));
    long seen = 0;
    for (int i = 0; i < LatencyCounts.SIZE; i++) {
      seen += this.sum[i];
      if (seen >= rank) {
        return LatencyCounts.nanos(i);
      }
    }
    return null;
  }
}
