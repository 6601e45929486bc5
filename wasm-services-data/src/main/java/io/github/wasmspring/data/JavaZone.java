package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToLongFunction;

/** What a {@linkplain DataZone table} says of instants and local times, in microseconds. */
final class JavaZone {

  private final ByteBuffer table;
  private final int changes;

  JavaZone(byte[] texts, int from, int length) {
    this.table = ByteBuffer.wrap(texts, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    this.changes = (length - DataZone.HEAD) / DataZone.CHANGE;
  }

  private long begin(int change) {
    return this.table.getLong(DataZone.HEAD + DataZone.CHANGE * change);
  }

  /** After so many changes. */
  private int offset(int count) {
    return this.table.getInt(Long.BYTES + DataZone.CHANGE * count);
  }

  /** The local time of an instant. */
  long toLocal(long micros) {
    return shifted(micros, 1, this::begin);
  }

  /**
   * The instant of a local time. The earlier one if it comes twice; if it never comes, as much
   * later as clocks are put forward: both times the offset is the one before the change.
   */
  long fromLocal(long micros) {
    return shifted(
        micros, -1, change -> begin(change) + Math.max(offset(change), offset(change + 1)));
  }

  private long shifted(long micros, long sign, IntToLongFunction begin) {
    long seconds = folded(Math.floorDiv(micros, DataColumn.MICROS));
    int low = 0;
    int high = this.changes;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (begin.applyAsLong(middle) <= seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return DataTimeReader.checkedMicros(micros + sign * offset(low) * DataColumn.MICROS);
  }

  private long folded(long seconds) {
    long since = this.table.getLong(0);
    return seconds - DataZone.CYCLE < since ? seconds : since + (seconds - since) % DataZone.CYCLE;
  }
}
