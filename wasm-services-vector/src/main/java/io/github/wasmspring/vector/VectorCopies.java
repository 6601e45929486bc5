package io.github.wasmspring.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who has which copy. A reader takes any that nobody has and that is of the published version. The
 * one writer takes them one after the other, and publishes when the first is changed: from then on
 * readers take those that are changed already. So with two copies a reader waits for other readers
 * at most, and nobody sees an older version after a newer one.
 *
 * <p>With one copy the two take turns: readers that wait when the writer gives it back go before
 * the writer takes it again.
 */
final class VectorCopies {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = this.lock.newCondition();
  private final List<VectorCopy> all = new ArrayList<>();
  private long published;
  private int waiting;

  /** How many of the readers that wait go before the writer. */
  private int turns;

  VectorCopies(long published) {
    this.published = published;
  }

  void add(VectorCopy copy) {
    locked(() -> this.all.add(copy));
  }

  int count() {
    this.lock.lock();
    try {
      return this.all.size();
    } finally {
      this.lock.unlock();
    }
  }

  List<VectorCopy> all() {
    this.lock.lock();
    try {
      return List.copyOf(this.all);
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * Takes a copy to read, or answers {@code null} if there is none.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for others
   */
  @Nullable VectorCopy takeToRead() throws InterruptedException {
    this.lock.lockInterruptibly();
    try {
      for (; ; ) {
        if (this.all.isEmpty()) {
          return null;
        }
        VectorCopy free = free();
        if (free != null) {
          free.busy = true;
          this.turns = Math.max(0, this.turns - 1);
          return free;
        }
        this.waiting++;
        try {
          this.changed.await();
        } finally {
          this.waiting--;
        }
      }
    } catch (InterruptedException givenUp) {
      // The writer may wait for just this one.
      this.changed.signalAll();
      throw givenUp;
    } finally {
      this.lock.unlock();
    }
  }

  private @Nullable VectorCopy free() {
    for (VectorCopy copy : this.all) {
      boolean writersTurn = copy.wanted && this.turns == 0;
      if (!copy.busy && !writersTurn && copy.version == this.published) {
        return copy;
      }
    }
    return null;
  }

  /**
   * Takes a copy to change it, when nobody reads it any more.
   *
   * @return {@code false} if it has been lost meanwhile
   */
  boolean takeToWrite(VectorCopy copy) {
    this.lock.lock();
    try {
      copy.wanted = true;
      while (!copy.lost && (copy.busy || isTurnOfReaders(copy))) {
        this.changed.awaitUninterruptibly();
      }
      copy.wanted = false;
      copy.busy = !copy.lost;
      return copy.busy;
    } finally {
      this.lock.unlock();
    }
  }

  private boolean isTurnOfReaders(VectorCopy copy) {
    // Those whose turn it was may have given up.
    this.turns = Math.min(this.turns, this.waiting);
    return this.turns > 0 && copy.version == this.published;
  }

  void giveBack(VectorCopy copy) {
    locked(() -> copy.busy = false);
  }

  /** The writer gives a copy back. */
  void giveBack(VectorCopy copy, long version) {
    locked(
        () -> {
          copy.version = version;
          copy.busy = false;
          this.turns = this.waiting;
        });
  }

  void publish(long version) {
    locked(() -> this.published = version);
  }

  /** Whoever has a copy says that it is broken; he closes it. */
  void lose(VectorCopy copy) {
    locked(
        () -> {
          copy.lost = true;
          copy.busy = false;
          this.all.remove(copy);
        });
  }

  private void locked(Runnable change) {
    this.lock.lock();
    try {
      change.run();
      this.changed.signalAll();
    } finally {
      this.lock.unlock();
    }
  }
}
