package io.github.wasmspring.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a route that wait or are being delivered, and what became of all others. The lock
 * guards everything, and is never held while a message is delivered. {@code room} wakes all
 * publishers that wait, as messages differ in size and the first of them may still find no room;
 * {@code idle} those who wait until there is nothing left.
 */
final class RouteQueue {

  private final WasmRouteSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = this.lock.newCondition();
  private final Condition idle = this.lock.newCondition();
  private final Deque<WasmMessage> waiting = new ArrayDeque<>();
  private long bytes;
  private int running;
  private boolean closed;
  private long sent;
  private long delivered;
  private long retried;
  private long dead;
  private long rejected;
  private long dropped;

  RouteQueue(WasmRouteSettings settings) {
    this.settings = settings;
  }

  /**
   * @param mayWait whether the publisher waits for room if the settings say so
   * @return whether there was room
   */
  boolean offer(WasmMessage message, boolean mayWait) throws InterruptedException {
    this.lock.lock();
    try {
      this.sent++;
      boolean accepted = false;
      try {
        accepted = makeRoom(message.payload().length, mayWait);
      } finally {
        if (!accepted) {
          this.rejected++;
        }
      }
      if (accepted) {
        this.waiting.addLast(message);
        this.bytes += message.payload().length;
      }
      return accepted;
    } finally {
      this.lock.unlock();
    }
  }

  private boolean makeRoom(int size, boolean mayWait) throws InterruptedException {
    long nanos = mayWait ? this.settings.publishTimeout().toNanos() : 0;
    while (!this.closed && !fits(size)) {
      switch (this.settings.whenFull()) {
        case DROP_OLDEST -> dropOldest();
        case REJECT -> {
          return false;
        }
        case WAIT -> {
          if (nanos <= 0) {
            return false;
          }
          nanos = this.room.awaitNanos(nanos);
        }
      }
    }
    return !this.closed;
  }

  private boolean fits(int size) {
    return this.waiting.size() < this.settings.capacity()
        && (this.waiting.isEmpty() || this.bytes + size <= this.settings.buffer());
  }

  private void dropOldest() {
    this.bytes -= this.waiting.removeFirst().payload().length;
    this.dropped++;
  }

  /** The next message, {@code null} if there is none or enough are being delivered. */
  @Nullable WasmMessage take() {
    this.lock.lock();
    try {
      if (this.closed || this.running >= this.settings.concurrency() || this.waiting.isEmpty()) {
        return null;
      }
      WasmMessage message = this.waiting.removeFirst();
      this.bytes -= message.payload().length;
      this.running++;
      this.room.signalAll();
      return message;
    } finally {
      this.lock.unlock();
    }
  }

  void retry() {
    this.lock.lock();
    try {
      this.retried++;
    } finally {
      this.lock.unlock();
    }
  }

  /** A message that was taken is delivered or given up. */
  void done(boolean wasDelivered) {
    this.lock.lock();
    try {
      this.running--;
      if (wasDelivered) {
        this.delivered++;
      } else {
        this.dead++;
      }
      if (this.running == 0 && this.waiting.isEmpty()) {
        this.idle.signalAll();
      }
    } finally {
      this.lock.unlock();
    }
  }

  /** Waits until nothing waits and nothing is being delivered. */
  void awaitIdle(long nanos) throws InterruptedException {
    this.lock.lock();
    try {
      long left = nanos;
      while (left > 0 && (this.running > 0 || !this.waiting.isEmpty())) {
        left = this.idle.awaitNanos(left);
      }
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * Refuses everything from now on.
   *
   * @return how many messages are left
   */
  int close() {
    this.lock.lock();
    try {
      this.closed = true;
      this.room.signalAll();
      return this.running + this.waiting.size();
    } finally {
      this.lock.unlock();
    }
  }

  WasmRouteStatus status(RouteLabels labels) {
    this.lock.lock();
    try {
      return new WasmRouteStatus(
          labels.name(),
          labels.topics().toString(),
          labels.module(),
          labels.operation(),
          labels.replyTo(),
          this.settings,
          this.sent,
          this.delivered,
          this.retried,
          this.dead,
          this.rejected,
          this.dropped,
          this.waiting.size(),
          this.bytes,
          this.running);
    } finally {
      this.lock.unlock();
    }
  }
}
