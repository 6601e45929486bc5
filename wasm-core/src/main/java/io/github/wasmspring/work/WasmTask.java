package io.github.wasmspring.work;

import io.github.wasmspring.WasmPriority;
import java.time.Instant;

/**
 * A call that answers later, as it is now.
 *
 * @param id by which it can be cancelled; no two tasks of an executor have the same
 * @param module the id of the module
 * @param submitted when it was called
 * @param waitedMillis how long it waited for a thread, so far or until it got one
 * @param ranMillis how long it has had a thread, 0 while it waits
 */
public record WasmTask(
    long id,
    String module,
    String version,
    String operation,
    WasmPriority priority,
    State state,
    Instant submitted,
    long waitedMillis,
    long ranMillis) {

  /** Where a task is. */
  public enum State {
    /** It waits for a thread. */
    QUEUED,
    /** It has a thread. */
    RUNNING,
    /** Its caller has the answer, or wants none any more, and it is about to end. */
    ENDING
  }
}
