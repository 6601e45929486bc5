package io.github.wasmspring.dashboard.live;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one client has not been told yet. Of what is told again and again there is only the newest,
 * and of events so many that it is less to tell everything anew: a client that reads slowly, or not
 * at all, costs a few hundred kilobytes and no more.
 */
final class FeedMailbox {

  static final int MOST_EVENTS = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = this.lock.newCondition();
  private final Map<String, byte[]> newest = new LinkedHashMap<>();
  private final ArrayDeque<byte[]> events = new ArrayDeque<>();
  private boolean wantsSnapshot = true;
  private boolean waiting;
  private @Nullable String farewell;

  /** Whether everything is to be told, to somebody who waits for it. */
  boolean wantsSnapshot() {
    this.lock.lock();
    try {
      return this.wantsSnapshot && this.waiting;
    } finally {
      this.lock.unlock();
    }
  }

  /** Everything; what was to be told before is in it. */
  void snapshot(byte[] message) {
    this.lock.lock();
    try {
      this.newest.clear();
      this.events.clear();
      this.wantsSnapshot = false;
      this.newest.put("snapshot", message);
      this.arrived.signal();
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * @param what is replaced by this message, if it was not told yet
   */
  void newest(String what, byte[] message) {
    this.lock.lock();
    try {
      if (!this.wantsSnapshot) {
        this.newest.put(what, message);
        this.arrived.signal();
      }
    } finally {
      this.lock.unlock();
    }
  }

  void event(byte[] message) {
    this.lock.lock();
    try {
      if (this.wantsSnapshot) {
        return;
      }
      this.events.addLast(message);
      if (this.events.size() > MOST_EVENTS) {
        this.events.clear();
        this.newest.clear();
        this.wantsSnapshot = true;
      } else {
        this.arrived.signal();
      }
    } finally {
      this.lock.unlock();
    }
  }

  /** The last thing that is told. */
  void farewell(String reason) {
    this.lock.lock();
    try {
      this.farewell = reason;
      this.arrived.signal();
    } finally {
      this.lock.unlock();
    }
  }

  /** Why the end has come, {@code null} if it has not. */
  @Nullable String farewell() {
    this.lock.lock();
    try {
      return this.farewell;
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * Waits for something to tell.
   *
   * @return all there is, empty if there is nothing after that time or the end has come
   */
  byte[] take(long millis) throws InterruptedException {
    this.lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      this.waiting = true;
      while (this.newest.isEmpty() && this.events.isEmpty() && this.farewell == null && left > 0) {
        left = this.arrived.awaitNanos(left);
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      this.newest.values().forEach(all::writeBytes);
      this.events.forEach(all::writeBytes);
      this.newest.clear();
      this.events.clear();
      return all.toByteArray();
    } finally {
      this.waiting = false;
      this.lock.unlock();
    }
  }
}
