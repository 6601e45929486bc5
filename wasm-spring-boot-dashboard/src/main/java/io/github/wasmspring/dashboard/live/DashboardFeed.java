package io.github.wasmspring.dashboard.live;

import io.github.wasmspring.dashboard.view.DashboardSources;
import io.github.wasmspring.dashboard.view.EventLog;
import io.github.wasmspring.dashboard.view.FiguresView;
import io.github.wasmspring.dashboard.view.ProgressLog;
import io.github.wasmspring.dashboard.view.SnapshotReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who looks. As long as somebody does, a thread reads what is new; else there is no thread,
 * nobody listens to calls, and nothing is read.
 */
public final class DashboardFeed {

  private static final Logger logger = LoggerFactory.getLogger(DashboardFeed.class);

  private static final long TICK_NANOS =
      TimeUnit.SECONDS.toNanos(1) / DashboardWatch.TICKS_PER_SECOND;
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final DashboardSources sources;
  private final SnapshotReader reader;
  private final EventLog events;
  private final ProgressLog progress;
  private final int most;
  private final BiFunction<Runnable, String, Thread> threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = this.lock.newCondition();
  private final List<FeedClient> clients = new ArrayList<>();
  private @Nullable Thread ticker;
  private boolean closed;
  private long opened;
  private boolean failing;

  /**
   * @param most how many may look at a time
   * @throws IllegalArgumentException if that is less than one
   */
  public DashboardFeed(
      DashboardSources sources,
      SnapshotReader reader,
      EventLog events,
      ProgressLog progress,
      int most) {
    this(sources, reader, events, progress, most, DashboardFeed::daemon);
  }

  /**
   * @param threads makes a thread of what it does and its name
   */
  DashboardFeed(
      DashboardSources sources,
      SnapshotReader reader,
      EventLog events,
      ProgressLog progress,
      int most,
      BiFunction<Runnable, String, Thread> threads) {
    if (most < 1) {
      throw new IllegalArgumentException("At least one has to be able to look");
    }
    this.sources = sources;
    this.reader = reader;
    this.events = events;
    this.progress = progress;
    this.most = most;
    this.threads = threads;
  }

  /**
   * Somebody wants to be told.
   *
   * @return whether there was room; the sink is left alone if there was not
   */
  public boolean open(FeedSink sink) {
    FeedClient client = new FeedClient(sink, this::gone);
    Thread thread;
    this.lock.lock();
    try {
      if (this.closed || this.clients.size() >= this.most) {
        return false;
      }
      thread = this.threads.apply(client, "wasm-dashboard-client-" + ++this.opened);
      if (this.ticker == null && !startTicker()) {
        return false;
      }
      this.clients.add(client);
    } finally {
      this.lock.unlock();
    }
    try {
      thread.start();
    } catch (OutOfMemoryError noThread) {
      gone(client);
      return false;
    }
    return true;
  }

  /** Whether there was a thread for it. */
  private boolean startTicker() {
    Thread thread = this.threads.apply(this::watch, "wasm-dashboard-feed");
    try {
      thread.start();
    } catch (OutOfMemoryError noThread) {
      return false;
    }
    this.ticker = thread;
    return true;
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** How many look, and how many may. */
  public FiguresView.Clients clients() {
    this.lock.lock();
    try {
      return new FiguresView.Clients(this.clients.size(), this.most);
    } finally {
      this.lock.unlock();
    }
  }

  /** Whether nobody else may look now. */
  public boolean isFull() {
    this.lock.lock();
    try {
      return this.closed || this.clients.size() >= this.most;
    } finally {
      this.lock.unlock();
    }
  }

  private void gone(FeedClient client) {
    this.lock.lock();
    try {
      this.clients.remove(client);
      this.changed.signalAll();
    } finally {
      this.lock.unlock();
    }
  }

  private void watch() {
    boolean nobodyLooks = false;
    try (DashboardWatch watch =
        new DashboardWatch(this.sources, this.reader, this.events, this.progress, this::clients)) {
      long next = System.nanoTime();
      List<FeedClient> current = current();
      while (!current.isEmpty()) {
        tick(watch, current);
        next = Math.max(next + TICK_NANOS, System.nanoTime());
        current = awaitNext(next);
      }
      nobodyLooks = true;
    } finally {
      ended(nobodyLooks);
    }
  }

  private void tick(DashboardWatch watch, List<FeedClient> current) {
    try {
      watch.tick(current);
      this.failing = false;
    } catch (RuntimeException | Error failure) {
      if (!this.failing) {
        this.failing = true;
        logger.warn("The dashboard can't read what is new; it tries again", failure);
      }
    }
  }

  /** Who looks at that time; empty if nobody does any more. */
  private List<FeedClient> awaitNext(long nanos) {
    this.lock.lock();
    try {
      long left = nanos - System.nanoTime();
      while (left > 0 && !this.clients.isEmpty()) {
        left = this.changed.awaitNanos(left);
      }
      return current();
    } catch (InterruptedException interrupted) {
      return List.of();
    } finally {
      this.lock.unlock();
    }
  }

  private List<FeedClient> current() {
    this.lock.lock();
    try {
      return this.closed ? List.of() : List.copyOf(this.clients);
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * Somebody may have come since the last one went.
   *
   * @param nobodyLooked else it has failed, and who looks is asked to come again
   */
  private void ended(boolean nobodyLooked) {
    this.lock.lock();
    try {
      this.ticker = null;
      if (!this.clients.isEmpty() && !this.closed && !(nobodyLooked && startTicker())) {
        this.clients.forEach(each -> each.mailbox().farewell("renew"));
      }
      this.changed.signalAll();
    } finally {
      this.lock.unlock();
    }
  }

  /** Lets people look again after {@link #stop}. */
  public void start() {
    this.lock.lock();
    try {
      this.closed = false;
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * Says good-bye to all who look, and waits a moment for them to go. One that does not read goes
   * when its connection is closed.
   */
  public void stop() {
    this.lock.lock();
    try {
      this.closed = true;
      this.clients.forEach(each -> each.mailbox().farewell("shutdown"));
      this.changed.signalAll();
      long left = GRACE_NANOS;
      while ((!this.clients.isEmpty() || this.ticker != null) && left > 0) {
        left = this.changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      this.lock.unlock();
    }
  }
}
