package io.github.wasmspring.work;

import io.github.wasmspring.WasmPriority;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.module.WasmModuleSettings;
import org.jspecify.annotations.Nullable;

/**
 * What is to be called later.
 *
 * @param call which operation of which module
 * @param settings how the module is run
 * @param priority among the calls of that module
 * @param mayBlock whether the thread of the caller may be made to wait, or to make the call itself
 */
public record WasmTaskRequest(
    WasmCallId call, WasmModuleSettings settings, WasmPriority priority, boolean mayBlock) {

  /**
   * @param priority {@code null} for what the settings say
   */
  public static WasmTaskRequest of(
      WasmCallId call,
      WasmModuleSettings settings,
      @Nullable WasmPriority priority,
      boolean mayBlock) {
    return new WasmTaskRequest(
        call, settings, priority != null ? priority : settings.threads().priority(), mayBlock);
  }

  /**
   * How many calls of the module may run at the same time. More than there are instances would wait
   * for those on threads that others could use, so that they had better wait in the queue.
   *
   * @param usual where the module's settings say nothing
   */
  int limit(int usual) {
    int wanted = this.settings.threads().max();
    return Math.min(wanted == 0 ? usual : wanted, this.settings.pool().max());
  }
}
