package io.github.wasmspring.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** The calls of one module that wait for a thread. Whoever uses it has locked the executor. */
final class ModuleQueue {

  /** A caller that waits until there is room for its call. */
  static final class Waiter {

    private final CallTask<?> task;
    private final Condition admission;
    private boolean admitted;

    Waiter(CallTask<?> task, Condition admission) {
      this.task = task;
      this.admission = admission;
    }

    boolean isAdmitted() {
      return this.admitted;
    }

    Condition admission() {
      return this.admission;
    }
  }

  private final int capacity;
  private final WaitingTasks tasks = new WaitingTasks();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private int limit = 1;
  private int running;
  private int runningInCallers;
  private long lastTurn;
  private long rejected;
  private long cancelled;

  ModuleQueue(int capacity) {
    this.capacity = capacity;
  }

  /** How many may run at the same time. */
  void limit(int calls) {
    this.limit = calls;
  }

  boolean isEmpty() {
    return this.tasks.size() == 0 && this.waiters.isEmpty();
  }

  boolean isIdle() {
    return isEmpty() && this.running == 0 && this.runningInCallers == 0;
  }

  boolean hasRoom() {
    return this.waiters.isEmpty() && this.tasks.size() < this.capacity;
  }

  boolean mayRunOneMore() {
    return this.running < this.limit;
  }

  void add(CallTask<?> task) {
    this.tasks.add(task);
  }

  void add(Waiter waiter) {
    this.waiters.addLast(waiter);
  }

  void remove(Waiter waiter) {
    this.waiters.remove(waiter);
  }

  /** Takes the call out whose turn it is, and starts it. */
  CallTask<?> startNext(long turn) {
    CallTask<?> next = this.tasks.poll();
    if (next == null) {
      next = admit(this.waiters.removeFirst());
    }
    fill();
    this.lastTurn = turn;
    this.running++;
    next.start();
    return next;
  }

  /**
   * @return whether it was there
   */
  boolean remove(CallTask<?> task) {
    boolean removed = this.tasks.remove(task);
    fill();
    return removed;
  }

  /** Lets those in who wait for room. */
  private void fill() {
    while (!this.waiters.isEmpty() && this.tasks.size() < this.capacity) {
      this.tasks.add(admit(this.waiters.removeFirst()));
    }
  }

  private static CallTask<?> admit(Waiter waiter) {
    waiter.admitted = true;
    waiter.admission.signal();
    return waiter.task;
  }

  void wakeWaiters() {
    this.waiters.forEach(waiter -> waiter.admission.signal());
  }

  void ended() {
    this.running--;
  }

  void startedInCaller() {
    this.runningInCallers++;
  }

  void endedInCaller() {
    this.runningInCallers--;
  }

  void countRejected() {
    this.rejected++;
  }

  void countCancelled() {
    this.cancelled++;
  }

  /** The module with the fewest calls running goes first, then the one that waited longest. */
  boolean goesBefore(@Nullable ModuleQueue other) {
    return other == null
        || this.running < other.running
        || this.running == other.running && this.lastTurn < other.lastTurn;
  }

  int running() {
    return this.running + this.runningInCallers;
  }

  int queued() {
    return this.tasks.size() + this.waiters.size();
  }

  long rejected() {
    return this.rejected;
  }

  long cancelled() {
    return this.cancelled;
  }
}
