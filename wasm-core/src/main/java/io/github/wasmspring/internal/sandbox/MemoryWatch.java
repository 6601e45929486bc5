package io.github.wasmspring.internal.sandbox;

import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.module.WasmMemoryAlert.Action;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what memory alerts say, on a thread of its own that sleeps until a memory grows beyond a
 * mark. Without alerts there is no thread. A budget is watched by one, the last.
 */
public final class MemoryWatch implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(MemoryWatch.class);

  private final MemoryBudget budget;
  private final WasmEventPublisher events;
  private final List<Watched> watched = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;
  private volatile boolean closed;

  private record Watched(ModuleMemory memory, Recycler recycler) {}

  /** Throws idle instances of a module away. */
  @FunctionalInterface
  public interface Recycler {

    /** Those whose memory has more bytes than that. */
    void recycleAbove(long bytes);
  }

  public MemoryWatch(MemoryBudget budget, WasmEventPublisher events) {
    this.budget = budget;
    this.events = events;
    if (!budget.alarms().isEmpty()) {
      budget.alarms().watchedBy(thread());
    }
  }

  /** From now on the alerts of a module are acted upon. */
  public void watch(ModuleMemory memory, Recycler recycler) {
    if (!memory.alarms().isEmpty()) {
      this.watched.add(new Watched(memory, recycler));
      memory.alarms().watchedBy(thread());
      memory.alarms().noteLess();
    }
  }

  /** The module has been unloaded, which ends its alerts. */
  public void forget(ModuleMemory memory) {
    if (this.watched.removeIf(each -> each.memory() == memory)) {
      memory.alarms().update(0);
      act(memory.alarms(), bytes -> {});
    }
  }

  private synchronized Thread thread() {
    if (this.thread == null) {
      this.thread = new Thread(this::run, "wasm-memory-watch");
      this.thread.setDaemon(true);
      this.thread.start();
    }
    return this.thread;
  }

  private void run() {
    while (!this.closed) {
      try {
        look();
      } catch (Throwable failure) {
        logger.warn("A memory alert could not be acted upon", failure);
      }
      if (!isAsked()) {
        LockSupport.park(this);
      }
    }
  }

  private boolean isAsked() {
    return this.budget.alarms().isAsked()
        || this.watched.stream().anyMatch(each -> each.memory().alarms().isAsked());
  }

  private void look() {
    MemoryAlarms all = this.budget.alarms();
    all.beginLook();
    all.update(this.budget.used());
    act(all, bytes -> this.budget.evictDownTo(bytes));
    for (Watched each : this.watched) {
      MemoryAlarms alarms = each.memory().alarms();
      alarms.beginLook();
      alarms.update(this.budget.largestOf(each.memory()));
      act(alarms, each.recycler());
    }
  }

  private void act(MemoryAlarms alarms, Recycler recycler) {
    MemoryAlarms.Change change = alarms.nextChange();
    while (change != null) {
      tell(alarms, change);
      if (change.raised() && change.alarm().does(Action.RECYCLE)) {
        recycler.recycleAbove(change.alarm().lowerMark());
        // What is left may be little enough to end the alert.
        alarms.wake();
      }
      change = alarms.nextChange();
    }
  }

  private void tell(MemoryAlarms alarms, MemoryAlarms.Change change) {
    MemoryAlarm alarm = change.alarm();
    if (alarm.does(Action.LOG)) {
      log(alarms, change);
    }
    if (alarm.does(Action.EVENT)) {
      this.events.publish(
          new WasmEvent.MemoryAlert(
              alarms.module(),
              alarms.version(),
              change.raised(),
              alarm.threshold(),
              change.bytes(),
              alarms.limit()));
    }
  }

  private static void log(MemoryAlarms alarms, MemoryAlarms.Change change) {
    boolean all = alarms.module().equals(WasmEvent.MemoryAlert.ALL);
    String whose =
        all
            ? "The instances of all WebAssembly modules have"
            : "An instance of WebAssembly module %s %s has"
                .formatted(alarms.module(), alarms.version());
    if (change.raised()) {
      logger.warn(
          "{} {} of {} bytes of memory, which reaches the alert at {} %; {}",
          whose,
          change.bytes(),
          alarms.limit(),
          change.alarm().threshold(),
          all
              ? "raise wasm.memory.budget, or lower limits.memory or pool.max of some modules"
              : "raise limits.memory, or see what fills the memory");
    } else {
      logger.info(
          "Memory alert over: {} at most {} of {} bytes again",
          whose,
          change.bytes(),
          alarms.limit());
    }
  }

  /** Ends the thread. */
  @Override
  public synchronized void close() {
    this.closed = true;
    if (this.thread != null) {
      LockSupport.unpark(this.thread);
    }
  }
}
