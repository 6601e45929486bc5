package io.github.wasmspring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a time zone as this JDK knows them, as a table: since when they repeat (64 bits),
 * the first offset (32), and for each change when it is and which offset comes (64 and 32), all in
 * seconds. The calendar is the same every 400 years, so that a table ends.
 */
final class DataZone {

  /** The seconds of 400 years. */
  static final long CYCLE = 146_097L * 86_400;

  /** What comes before the first change. */
  static final int HEAD = Long.BYTES + Integer.BYTES;

  static final int CHANGE = Long.BYTES + Integer.BYTES;

  private static final long YEAR = 366L * 86_400;

  private DataZone() {}

  static byte[] table(ZoneRules rules) {
    long since = since(rules);
    List<ZoneOffsetTransition> changes = changes(rules, since);
    ZoneOffset first =
        changes.isEmpty() ? rules.getOffset(Instant.EPOCH) : changes.get(0).getOffsetBefore();
    ByteBuffer table =
        ByteBuffer.allocate(HEAD + CHANGE * changes.size()).order(ByteOrder.LITTLE_ENDIAN);
    table.putLong(since).putInt(first.getTotalSeconds());
    for (ZoneOffsetTransition change : changes) {
      table.putLong(change.toEpochSecond()).putInt(change.getOffsetAfter().getTotalSeconds());
    }
    return table.array();
  }

  /** From here on only rules that hold every year count. */
  private static long since(ZoneRules rules) {
    if (rules.getTransitionRules().isEmpty()) {
      return Long.MAX_VALUE;
    }
    List<ZoneOffsetTransition> listed = rules.getTransitions();
    long last = listed.isEmpty() ? 0 : listed.get(listed.size() - 1).toEpochSecond();
    return last + 2 * YEAR;
  }

  private static List<ZoneOffsetTransition> changes(ZoneRules rules, long since) {
    List<ZoneOffsetTransition> changes = new ArrayList<>(rules.getTransitions());
    if (since == Long.MAX_VALUE) {
      return changes;
    }
    Instant at = changes.isEmpty() ? Instant.EPOCH : changes.get(changes.size() - 1).getInstant();
    // One year more, as local times are up to a day away.
    for (ZoneOffsetTransition next = rules.nextTransition(at);
        next != null && next.toEpochSecond() < since + CYCLE + YEAR;
        next = rules.nextTransition(next.getInstant())) {
      changes.add(next);
    }
    return changes;
  }
}
