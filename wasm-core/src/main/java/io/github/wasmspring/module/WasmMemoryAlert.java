package io.github.wasmspring.module;

import java.util.EnumSet;
import java.util.Set;

/**
 * What happens when memory reaches a mark. It happens once, and again only after the memory has
 * been below the lower mark.
 *
 * @param threshold the mark, in percent of what there may be
 * @param clearBelow the lower mark, in percent
 * @param actions what happens
 */
public record WasmMemoryAlert(int threshold, int clearBelow, Set<Action> actions) {

  private static final int DEFAULT_GAP = 10;

  /** What an alert can do. */
  public enum Action {
    /** Publishes {@link io.github.wasmspring.event.WasmEvent.MemoryAlert}. */
    EVENT,
    /** Writes a warning, and a line when it is over. */
    LOG,
    /** Throws instances away: idle ones, and used ones when they are given back. */
    RECYCLE,
    /** Refuses new instances until it is over. */
    REFUSE
  }

  public WasmMemoryAlert {
    if (threshold < 1 || threshold > 100 || clearBelow < 0 || clearBelow > threshold) {
      throw new IllegalArgumentException(
          "A memory alert needs 1 <= threshold <= 100 and 0 <= clear-below <= threshold percent, not %d and %d"
              .formatted(threshold, clearBelow));
    }
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("A memory alert without actions would do nothing");
    }
    actions = Set.copyOf(EnumSet.copyOf(actions));
  }

  /** With a lower mark 10 percent below the threshold. */
  public static WasmMemoryAlert at(int threshold, Set<Action> actions) {
    return new WasmMemoryAlert(threshold, Math.max(0, threshold - DEFAULT_GAP), actions);
  }
}
