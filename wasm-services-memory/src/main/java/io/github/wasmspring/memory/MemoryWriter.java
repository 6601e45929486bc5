package io.github.wasmspring.memory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Commits what many threads write. A commit waits for the disk; so whatever comes meanwhile goes
 * into the next transaction together. Each writer waits for the commit of its own change, so that
 * there is never more in the queue than there are writers.
 *
 * <p>The connection is used by one thread of our own: an interrupt of a writer's thread would break
 * it.
 */
final class MemoryWriter implements MemoryResources.Resource {

  private static final int MOST_CHANGES = 256;
  private static final long MOST_BYTES = 8L << 20;

  private final MemoryDatabase database;
  private final ExpiryClock clock;
  private final Lock readersAway;
  private final Runnable outcomeUnknown;
  private final BlockingQueue<PendingWrite<?>> queue = new LinkedBlockingQueue<>();
  private final PendingWrite<?> end = new PendingWrite<>(transaction -> 0);
  private final Thread thread;
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong conflicts = new AtomicLong();
  private @Nullable SqlSession session;
  private boolean closed;

  /**
   * @param session the connection, whose owner this becomes
   * @param readersAway held while a commit needs the file for itself, again by the same thread
   * @param outcomeUnknown done when nobody knows whether a transaction was committed
   */
  MemoryWriter(
      MemoryDatabase database,
      SqlSession session,
      ExpiryClock clock,
      Lock readersAway,
      Runnable outcomeUnknown) {
    this.database = database;
    this.session = session;
    this.clock = clock;
    this.readersAway = readersAway;
    this.outcomeUnknown = outcomeUnknown;
    this.thread = new Thread(this::run, "wasm-memory-writer");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  long writes() {
    return this.writes.get();
  }

  long expired() {
    return this.expired.get();
  }

  long refused() {
    return this.refused.get();
  }

  long conflicts() {
    return this.conflicts.get();
  }

  /** How many changes are in the queue. */
  int waiting() {
    return this.queue.size();
  }

  long commits() {
    return this.commits.get();
  }

  /**
   * Makes a change, and answers when it is on the disk.
   *
   * @throws AgentMemoryException if it was refused, or could not be written
   */
  <T> T write(MemoryChange<T> change) {
    PendingWrite<T> pending = new PendingWrite<>(change);
    synchronized (this) {
      if (this.closed) {
        throw new IllegalStateException("The agent memory is closed");
      }
      this.queue.add(pending);
    }
    try {
      return pending.answer().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AgentMemoryException(
          "The thread was interrupted while it waited for a write of the agent memory, which may be kept or not; read it to know",
          interrupted);
    } catch (ExecutionException failure) {
      count(failure.getCause());
      throw MemoryFailures.of("write to", failure);
    }
  }

  private void count(@Nullable Throwable refusal) {
    if (refusal instanceof MemoryQuotaException) {
      this.refused.incrementAndGet();
    } else if (refusal instanceof MemoryConflictException) {
      this.conflicts.incrementAndGet();
    }
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        List<PendingWrite<?>> batch = new ArrayList<>();
        more = collect(batch);
        try {
          commit(batch);
        } catch (RuntimeException | Error failure) {
          // Nobody must wait for ever, and the next may have better luck.
          letGo();
          batch.forEach(pending -> pending.failed(failure));
        }
      }
    } finally {
      letGo();
    }
  }

  /** Waits for a change, and takes those that wait with it; {@code false} after the last. */
  private boolean collect(List<PendingWrite<?>> batch) {
    long bytes = 0;
    PendingWrite<?> next = await();
    while (next != null && next != this.end) {
      batch.add(next);
      bytes += next.bytes();
      next = batch.size() < MOST_CHANGES && bytes < MOST_BYTES ? this.queue.poll() : null;
    }
    return next != this.end;
  }

  private PendingWrite<?> await() {
    while (true) {
      try {
        return this.queue.take();
      } catch (InterruptedException nobodyDoesThat) {
        // The thread is our own; whoever interrupts all threads does not mean the disk.
      }
    }
  }

  /**
   * What is too large for the cache of pages is written before it is committed, and so has the
   * readers away from the beginning.
   */
  private void commit(List<PendingWrite<?>> batch) {
    boolean large = batch.stream().mapToLong(PendingWrite::bytes).sum() > MOST_BYTES;
    if (large) {
      this.readersAway.lock();
    }
    try {
      commitTogether(batch);
    } finally {
      if (large) {
        this.readersAway.unlock();
      }
    }
  }

  private void commitTogether(List<PendingWrite<?>> batch) {
    if (batch.isEmpty()) {
      return;
    }
    WriteTransaction transaction = null;
    boolean committing = false;
    try {
      SqlSession used = session();
      transaction = new WriteTransaction(used, this.clock.now());
      for (PendingWrite<?> pending : batch) {
        pending.apply(transaction);
      }
      transaction.save();
      committing = true;
      commit(used);
    } catch (SQLException | RuntimeException | Error failure) {
      rollback();
      if (transaction == null || !committing || !isCommitted(batch, transaction, failure)) {
        undone(batch, failure);
        return;
      }
    }
    this.commits.incrementAndGet();
    this.writes.addAndGet(batch.stream().filter(pending -> !pending.isRefused()).count());
    this.expired.addAndGet(transaction.expired());
    try {
      transaction.committed();
    } finally {
      batch.forEach(PendingWrite::committed);
    }
  }

  private void commit(SqlSession used) throws SQLException {
    this.readersAway.lock();
    try {
      used.commit();
    } finally {
      this.readersAway.unlock();
    }
  }

  /**
   * Asks the database what a commit that failed has left. Where that does not answer either, the
   * writers are told so.
   */
  private boolean isCommitted(
      List<PendingWrite<?>> batch, WriteTransaction transaction, Throwable failure) {
    try {
      SqlSession used = session();
      boolean committed = transaction.isIn(used);
      used.rollback();
      return committed;
    } catch (SQLException | RuntimeException unknown) {
      letGo();
      this.outcomeUnknown.run();
      AgentMemoryException told =
          new AgentMemoryException(
              "The connection of the agent memory broke down while it committed, and what was written may be kept or not; read it to know",
              failure);
      told.addSuppressed(unknown);
      batch.forEach(pending -> pending.failed(told));
      return false;
    }
  }

  /**
   * Nothing of the transaction is kept. One change may be what all failed of, such as one that the
   * disk has no room for: so each is tried alone.
   */
  private void undone(List<PendingWrite<?>> batch, Throwable failure) {
    if (batch.size() == 1 || MemoryFailures.isBusy(failure)) {
      batch.forEach(pending -> pending.failed(failure));
    } else {
      batch.stream()
          .filter(pending -> !pending.answer().isDone())
          .forEach(pending -> commit(List.of(pending)));
    }
  }

  /** A connection that can't is given up, and with it all that was not committed. */
  private void rollback() {
    SqlSession used = this.session;
    if (used == null) {
      return;
    }
    boolean usable = false;
    try {
      used.rollback();
      usable = used.isUsable();
    } catch (SQLException broken) {
      // What can't be rolled back goes with the connection.
    }
    if (!usable) {
      letGo();
    }
  }

  private SqlSession session() throws SQLException {
    SqlSession known = this.session;
    if (known == null) {
      known = this.database.writer();
      this.session = known;
    }
    return known;
  }

  private void letGo() {
    SqlSession used = this.session;
    if (used != null) {
      this.session = null;
      used.close();
    }
  }

  /** Commits what was written before, and gives the connection back. */
  @Override
  public void close() {
    synchronized (this) {
      if (!this.closed) {
        this.closed = true;
        this.queue.add(this.end);
      }
    }
    boolean interrupted = false;
    while (this.thread.isAlive()) {
      try {
        this.thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
