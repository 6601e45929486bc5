package io.github.wasmspring.work;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.tenant.TenantAccount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls that answer later, so many at the same time and no more. Each module has a queue of
 * its own, ordered by priority, by what tenants have had where there are such, and then by arrival.
 * A thread that becomes free goes to the module with the fewest calls running, and no module may
 * take all threads unless its settings say so: one that is busy does not keep the others from being
 * served.
 *
 * <p>An answer that comes from somebody else than the call, because its future was cancelled or
 * completed or ran into a time-out of its own, stops the call: it leaves the queue, or its guest is
 * stopped.
 *
 * <p>This is not an {@link Executor} itself: a bean of that type would make Spring Boot keep its
 * own back.
 */
public final class WasmTaskExecutor implements AutoCloseable {

  private final WasmTaskSettings settings;
  private final Executor threads;
  private final UnaryOperator<Runnable> decorator;
  private final @Nullable CallThreads ownThreads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ModuleQueue> modules = new HashMap<>();
  private final Map<Long, CallTask<?>> tasks = new LinkedHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private int active;
  private long turn;
  private boolean closed;

  /** With platform threads of its own, which come when they are needed and go when they are not. */
  public WasmTaskExecutor(WasmTaskSettings settings) {
    this(settings, UnaryOperator.identity());
  }

  /**
   * With platform threads of its own.
   *
   * @param decorator called on the thread of the caller with what another thread will do; what it
   *     returns is done instead
   */
  public WasmTaskExecutor(WasmTaskSettings settings, UnaryOperator<Runnable> decorator) {
    this(settings, new CallThreads(settings.maxThreads()), decorator);
  }

  private WasmTaskExecutor(
      WasmTaskSettings settings, CallThreads own, UnaryOperator<Runnable> decorator) {
    this.settings = settings;
    this.threads = own;
    this.ownThreads = own;
    this.decorator = decorator;
  }

  /**
   * With threads of somebody else's.
   *
   * @param threads must have a thread for each of {@link WasmTaskSettings#maxThreads}; not closed
   * @param decorator called on the thread of the caller with what another thread will do; what it
   *     returns is done instead
   */
  public WasmTaskExecutor(
      WasmTaskSettings settings, Executor threads, UnaryOperator<Runnable> decorator) {
    this.settings = settings;
    this.threads = threads;
    this.ownThreads = null;
    this.decorator = decorator;
  }

  public WasmTaskSettings settings() {
    return this.settings;
  }

  /**
   * Makes a call on another thread, or on this one if there is no room and the policy says so.
   *
   * @param call given what can stop it
   * @return its answer; whoever completes it otherwise stops the call
   * @throws WasmExecutionException {@code REJECTED} if there is no room for it, {@code INTERRUPTED}
   *     if the thread was interrupted while it waited for room
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(
      WasmTaskRequest request, Function<CallCancellation, T> call) {
    return submit(request, null, call);
  }

  /**
   * The same for a tenant, whose calls take turns with those of others.
   *
   * @param tenant {@code null} if there are no tenants
   */
  public <T extends @Nullable Object> CompletableFuture<T> submit(
      WasmTaskRequest request, @Nullable TenantAccount tenant, Function<CallCancellation, T> call) {
    CallTask<T> task =
        new CallTask<>(this.lastId.incrementAndGet(), request, tenant, call, this.decorator);
    task.answer().whenComplete((answer, failure) -> answered(task));
    List<CallTask<?>> startable;
    boolean byCaller = false;
    this.lock.lock();
    try {
      requireOpen();
      ModuleQueue queue = queue(request);
      task.belongTo(queue);
      if (queue.hasRoom() || queue.isEmpty() && mayStart(queue)) {
        this.tasks.put(task.id(), task);
        queue.add(task);
      } else if (!request.mayBlock() || this.settings.queuePolicy() == WasmQueuePolicy.REJECT) {
        throw full(task, "");
      } else if (this.settings.queuePolicy() == WasmQueuePolicy.WAIT) {
        awaitRoom(task);
      } else {
        this.tasks.put(task.id(), task);
        task.start();
        queue.startedInCaller();
        byCaller = true;
      }
      startable = startAll();
    } catch (WasmException refusal) {
      throw task.located(refusal);
    } finally {
      this.lock.unlock();
    }
    start(startable);
    if (byCaller) {
      runInCaller(task);
    }
    return task.answer();
  }

  private void requireOpen() {
    if (this.closed) {
      throw new WasmExecutionException(
          WasmErrorCategory.REJECTED,
          "calls that answer later are not taken any more, the application is shutting down",
          null);
    }
  }

  private ModuleQueue queue(WasmTaskRequest request) {
    ModuleQueue queue =
        this.modules.computeIfAbsent(
            request.call().module(), id -> new ModuleQueue(this.settings.queueCapacity()));
    queue.limit(request.limit(this.settings.usualShare()));
    return queue;
  }

  private boolean mayStart(ModuleQueue queue) {
    return this.active < this.settings.maxThreads() && queue.mayRunOneMore();
  }

  private void awaitRoom(CallTask<?> task) {
    ModuleQueue queue = task.queue();
    ModuleQueue.Waiter waiter = new ModuleQueue.Waiter(task, this.lock.newCondition());
    this.tasks.put(task.id(), task);
    queue.add(waiter);
    long left = this.settings.queueTimeout().toNanos();
    try {
      while (!waiter.isAdmitted() && !task.answer().isDone() && left > 0) {
        left = waiter.admission().awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      if (!waiter.isAdmitted()) {
        throw new WasmExecutionException(
            WasmErrorCategory.INTERRUPTED,
            "the calling thread was interrupted while it waited for room in the queue",
            interrupted);
      }
    } finally {
      if (!waiter.isAdmitted()) {
        queue.remove(waiter);
        this.tasks.remove(task.id());
      }
    }
    if (!waiter.isAdmitted() && !task.answer().isDone()) {
      throw full(
          task, " and none was done within " + this.settings.queueTimeout().toMillis() + " ms");
    }
  }

  private WasmException full(CallTask<?> task, String until) {
    task.queue().countRejected();
    return new WasmExecutionException(
        WasmErrorCategory.REJECTED,
        "%d calls of this module wait for a thread already%s; raise wasm.threads.queue-capacity or wasm.threads.max, or call less often"
            .formatted(this.settings.queueCapacity(), until),
        null);
  }

  /** All calls for which there are threads, in the order in which they get them. */
  private List<CallTask<?>> startAll() {
    List<CallTask<?>> started = new ArrayList<>(1);
    while (!this.closed && this.active < this.settings.maxThreads()) {
      ModuleQueue next = nextModule();
      if (next == null) {
        break;
      }
      started.add(next.startNext(++this.turn));
      this.active++;
    }
    return started;
  }

  private @Nullable ModuleQueue nextModule() {
    ModuleQueue best = null;
    for (ModuleQueue queue : this.modules.values()) {
      if (!queue.isEmpty() && queue.mayRunOneMore() && queue.goesBefore(best)) {
        best = queue;
      }
    }
    return best;
  }

  private void start(Collection<CallTask<?>> startable) {
    Deque<CallTask<?>> left = new ArrayDeque<>(startable);
    for (CallTask<?> task = left.poll(); task != null; task = left.poll()) {
      CallTask<?> first = task;
      try {
        this.threads.execute(() -> work(first));
      } catch (RejectedExecutionException | OutOfMemoryError none) {
        first.fail(
            new WasmExecutionException(
                WasmErrorCategory.REJECTED, "there is no thread for the call: " + none, none));
        left.addAll(ended(first));
      }
    }
  }

  /** What a thread does: one call after the other, as long as there are any. */
  private void work(CallTask<?> first) {
    CallTask<?> task = first;
    while (task != null) {
      task.run();
      // What a call leaves behind must not stop the next one.
      Thread.interrupted();
      List<CallTask<?>> next = ended(task);
      task = next.isEmpty() ? null : next.get(0);
      if (next.size() > 1) {
        start(next.subList(1, next.size()));
      }
    }
  }

  /**
   * @return the calls for which there are threads now
   */
  private List<CallTask<?>> ended(CallTask<?> task) {
    this.lock.lock();
    try {
      this.tasks.remove(task.id());
      task.queue().ended();
      this.active--;
      return startAll();
    } finally {
      this.lock.unlock();
    }
  }

  private void runInCaller(CallTask<?> task) {
    try {
      task.run();
    } finally {
      this.lock.lock();
      try {
        this.tasks.remove(task.id());
        task.queue().endedInCaller();
      } finally {
        this.lock.unlock();
      }
    }
  }

  /** There is an answer; if it is not that of the call, nobody needs the call any more. */
  private void answered(CallTask<?> task) {
    if (!task.isAbandoned()) {
      return;
    }
    this.lock.lock();
    try {
      task.queue().countCancelled();
      if (task.queue().remove(task)) {
        this.tasks.remove(task.id());
      }
      task.queue().wakeWaiters();
    } finally {
      this.lock.unlock();
    }
    task.stop();
  }

  /**
   * Cancels a call, as cancelling its future does.
   *
   * @param id of a {@link WasmTask}
   * @return {@code false} if there is no such call of that module, or it has an answer
   */
  public boolean cancel(String module, long id) {
    CallTask<?> task;
    this.lock.lock();
    try {
      task = this.tasks.get(id);
    } finally {
      this.lock.unlock();
    }
    return task != null
        && task.request().call().module().equals(module)
        && !task.answer().isDone()
        && task.answer().cancel(true);
  }

  /**
   * The calls of all modules.
   *
   * @param most how many are listed at most
   */
  public WasmTasks tasks(int most) {
    this.lock.lock();
    try {
      return describe(this.modules.values(), this.tasks.values(), most);
    } finally {
      this.lock.unlock();
    }
  }

  /**
   * The calls of one module, all its versions together.
   *
   * @param most how many are listed at most
   */
  public WasmTasks tasks(String module, int most) {
    this.lock.lock();
    try {
      ModuleQueue queue = this.modules.get(module);
      return queue == null
          ? new WasmTasks(0, 0, 0, 0, List.of())
          : describe(
              List.of(queue),
              most == 0
                  ? List.of()
                  : this.tasks.values().stream().filter(task -> task.queue() == queue).toList(),
              most);
    } finally {
      this.lock.unlock();
    }
  }

  private static WasmTasks describe(
      Collection<ModuleQueue> modules, Collection<CallTask<?>> tasks, int most) {
    List<WasmTask> shown = new ArrayList<>();
    tasks.stream()
        .filter(CallTask::isStarted)
        .limit(most)
        .forEach(task -> shown.add(task.describe()));
    tasks.stream()
        .filter(task -> !task.isStarted())
        .limit(most - shown.size())
        .forEach(task -> shown.add(task.describe()));
    return new WasmTasks(
        modules.stream().mapToInt(ModuleQueue::running).sum(),
        modules.stream().mapToInt(ModuleQueue::queued).sum(),
        modules.stream().mapToLong(ModuleQueue::rejected).sum(),
        modules.stream().mapToLong(ModuleQueue::cancelled).sum(),
        shown);
  }

  /** Lets go of what is known about a module that is gone for good. */
  public void forget(String module) {
    this.lock.lock();
    try {
      this.modules.computeIfPresent(module, (id, queue) -> queue.isIdle() ? null : queue);
    } finally {
      this.lock.unlock();
    }
  }

  /** Takes no more calls, fails those that wait and stops those that run. */
  @Override
  public void close() {
    List<CallTask<?>> left;
    this.lock.lock();
    try {
      this.closed = true;
      left = List.copyOf(this.tasks.values());
    } finally {
      this.lock.unlock();
    }
    for (CallTask<?> task : left) {
      task.abandon(
          new WasmExecutionException(
              WasmErrorCategory.INTERRUPTED,
              "the application is shutting down and does not wait for this call",
              null));
    }
    if (this.ownThreads != null) {
      this.ownThreads.close();
    }
  }
}
