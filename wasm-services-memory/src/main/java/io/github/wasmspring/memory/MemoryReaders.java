package io.github.wasmspring.memory;

import java.io.Serial;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/**
 * Reads with a few connections, on threads of our own: an interrupt of a reader's thread would
 * break the connection.
 */
final class MemoryReaders implements MemoryResources.Resource {

  private static final long IDLE_SECONDS = 30;

  private final MemoryDatabase database;
  private final Lock writerAway;
  private final Deque<SqlSession> idle = new ConcurrentLinkedDeque<>();
  private final AtomicLong reads = new AtomicLong();
  private final ThreadPoolExecutor threads;

  /**
   * @param writerAway held while a query reads the file
   */
  MemoryReaders(MemoryDatabase database, int count, Lock writerAway) {
    this.database = database;
    this.writerAway = writerAway;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "wasm-memory-reader-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.threads.allowCoreThreadTimeOut(true);
  }

  /** Asks the database. */
  @FunctionalInterface
  interface SqlQuery<T> {
    T ask(SqlSession session) throws SQLException;
  }

  long reads() {
    return this.reads.get();
  }

  <T> T read(SqlQuery<T> query) {
    Future<T> answer;
    try {
      answer = this.threads.submit(() -> answer(query));
    } catch (RejectedExecutionException closed) {
      throw new IllegalStateException("The agent memory is closed", closed);
    }
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      // One that has not begun is not asked; one that has must not be interrupted.
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw new AgentMemoryException(
          "The thread was interrupted while it waited for an answer of the agent memory",
          interrupted);
    } catch (ExecutionException failure) {
      throw MemoryFailures.of("read", failure);
    }
  }

  private <T> T answer(SqlQuery<T> query) throws SQLException {
    this.writerAway.lock();
    try {
      T answer = ask(query);
      this.reads.incrementAndGet();
      return answer;
    } finally {
      this.writerAway.unlock();
    }
  }

  private <T> T ask(SqlQuery<T> query) throws SQLException {
    SqlSession known = this.idle.poll();
    if (known == null) {
      return ask(this.database.reader(), query);
    }
    try {
      return ask(known, query);
    } catch (BrokenConnection broken) {
      // That it was broken before is not the fault of the query: it gets another one.
      return ask(this.database.reader(), query);
    }
  }

  private <T> T ask(SqlSession session, SqlQuery<T> query) throws SQLException {
    boolean usable = false;
    try {
      T answer = query.ask(session);
      usable = true;
      return answer;
    } catch (SQLException failure) {
      usable = session.isUsable();
      throw usable ? failure : new BrokenConnection(failure);
    } finally {
      if (usable) {
        this.idle.push(session);
      } else {
        session.close();
      }
    }
  }

  /** The connection is of no more use. */
  private static final class BrokenConnection extends SQLException {

    @Serial private static final long serialVersionUID = 1L;

    BrokenConnection(SQLException cause) {
      super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    }
  }

  /** Waits for queries under way, and gives the connections back. */
  @Override
  public void close() {
    this.threads.shutdown();
    boolean interrupted = false;
    while (!this.threads.isTerminated()) {
      try {
        this.threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    SqlSession session = this.idle.poll();
    while (session != null) {
      session.close();
      session = this.idle.poll();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
