package io.github.wasmspring.runtime;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmExecutionMode;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.event.WasmWork;
import io.github.wasmspring.internal.load.WorkProgress;
import io.github.wasmspring.module.WasmLoadPolicy;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads modules ahead of their first call, several at a time: those that are {@link
 * WasmLoadPolicy#EAGER} first, then by their priority, and each after the modules that it depends
 * on. Modules that only Java answers for are left alone.
 */
public final class WasmModulePreloader implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(WasmModulePreloader.class);

  private static final int MOST_THREADS_BY_DEFAULT = 4;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final WasmModuleManager manager;
  private final int threads;
  private final Map<WasmModuleDescriptor, ModuleLoad> loads = new LinkedHashMap<>();
  private final List<Throwable> unresolved = new ArrayList<>();
  private final PriorityQueue<ModuleLoad> ready = new PriorityQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final WasmEventPublisher events;
  private @Nullable WorkProgress progress;
  private boolean closed;

  /**
   * @param threads how many modules are loaded at a time
   * @throws IllegalArgumentException if that is less than one
   */
  public WasmModulePreloader(WasmModuleManager manager, int threads) {
    this(manager, threads, new WasmEventPublisher());
  }

  /**
   * @param threads how many modules are loaded at a time
   * @param events tells how many modules are loaded
   * @throws IllegalArgumentException if that is less than one thread
   */
  public WasmModulePreloader(WasmModuleManager manager, int threads, WasmEventPublisher events) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "There must be at least one thread to load modules, not " + threads);
    }
    this.manager = manager;
    this.threads = threads;
    this.events = events;
  }

  /** As many threads as the JVM has cores, but at most 4. */
  public static int defaultThreads() {
    return Math.min(MOST_THREADS_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Begins to load all registered modules that are not {@link WasmLoadPolicy#LAZY} and have not
   * been begun, and does not wait for any.
   */
  public synchronized void begin() {
    if (this.closed) {
      return;
    }
    for (WasmModuleDescriptor module : this.manager.registry().list()) {
      if (isWanted(module) && !this.loads.containsKey(module)) {
        plan(module);
      }
    }
    this.loads.values().stream()
        .filter(load -> load.mayStart() && !this.ready.contains(load))
        .forEach(this.ready::add);
    if (!this.ready.isEmpty() && this.progress == null) {
      this.progress = new WorkProgress(this.events, WasmWork.PRELOAD);
    }
    startWorkers();
  }

  private static boolean isWanted(WasmModuleDescriptor module) {
    return module.settings().loadPolicy() != WasmLoadPolicy.LAZY
        && module.settings().executionMode() != WasmExecutionMode.JAVA;
  }

  private void plan(WasmModuleDescriptor module) {
    Collection<WasmModuleDescriptor> needed;
    try {
      needed = this.manager.registry().resolve(module.id(), module.version());
    } catch (WasmException unresolvable) {
      if (module.settings().loadPolicy() == WasmLoadPolicy.EAGER) {
        this.unresolved.add(unresolvable);
      } else {
        logFailure(module, unresolvable);
      }
      return;
    }
    Map<String, ModuleLoad> byId = new LinkedHashMap<>();
    for (WasmModuleDescriptor next : needed) {
      ModuleLoad load = this.loads.get(next);
      if (load == null) {
        load = new ModuleLoad(next, this.loads.size());
        this.loads.put(next, load);
        for (String dependency : next.dependencies().keySet()) {
          ModuleLoad first = byId.get(dependency);
          if (first != null) {
            load.after(first);
          }
        }
      }
      byId.put(next.id(), load);
    }
    ModuleLoad wanted = this.loads.get(module);
    if (wanted != null) {
      // The queue does not notice that the place of what it holds changes.
      List<ModuleLoad> queued = List.copyOf(this.ready);
      this.ready.clear();
      wanted.demand(
          module.settings().loadPolicy() == WasmLoadPolicy.EAGER, module.settings().loadPriority());
      this.ready.addAll(queued);
    }
  }

  private void startWorkers() {
    this.workers.removeIf(worker -> !worker.isAlive());
    for (int i = this.ready.size(); i > 0 && this.workers.size() < this.threads; i--) {
      Thread worker = new Thread(this::work, "wasm-loader-" + (this.workers.size() + 1));
      worker.setDaemon(true);
      this.workers.add(worker);
      worker.start();
    }
  }

  private void work() {
    for (ModuleLoad load = next(); load != null; load = next()) {
      Throwable failure = null;
      try {
        this.manager.prefetch(load.module().id(), load.module().version());
      } catch (Throwable failed) {
        failure = failed;
      }
      finish(load, failure);
    }
  }

  private synchronized @Nullable ModuleLoad next() {
    ModuleLoad load = this.closed ? null : this.ready.poll();
    if (load != null) {
      load.started();
    } else {
      this.workers.remove(Thread.currentThread());
    }
    return load;
  }

  private void finish(ModuleLoad load, @Nullable Throwable failure) {
    List<ModuleLoad> skipped;
    boolean quiet;
    long done;
    long all;
    WorkProgress telling;
    synchronized (this) {
      skipped = load.ended(failure);
      load.dependents().stream().filter(ModuleLoad::mayStart).forEach(this.ready::add);
      if (!this.closed) {
        startWorkers();
      }
      quiet = this.closed;
      all = this.loads.size();
      done = this.loads.values().stream().filter(ModuleLoad::isOver).count();
      telling = this.progress;
      if (done == all) {
        this.progress = null;
      }
      notifyAll();
    }
    if (telling != null) {
      tell(telling, load.module(), done, all);
    }
    if (failure != null && !quiet) {
      if (!load.isEager()) {
        logFailure(load.module(), failure);
      }
      skipped.forEach(
          dependent ->
              logger.warn(
                  "WebAssembly module {} is not loaded ahead, for it needs {}",
                  dependent.module(),
                  load.module()));
    }
  }

  private static void tell(
      WorkProgress progress, WasmModuleDescriptor module, long done, long all) {
    if (done == all) {
      progress.end(module.id(), module.version(), all);
    } else {
      progress.advance(module.id(), module.version(), done, all);
    }
  }

  private static void logFailure(WasmModuleDescriptor module, Throwable failure) {
    logger.warn(
        "WebAssembly module {} can't be loaded ahead of its first call, which tries again: {}",
        module,
        failure instanceof WasmException known ? known.getMessage() : failure.toString());
  }

  /**
   * Waits until all {@link WasmLoadPolicy#EAGER} modules that have been begun are loaded.
   *
   * @throws WasmException if one of them can't be loaded
   * @throws WasmPreloadException if several can't be loaded
   * @throws WasmExecutionException {@code INTERRUPTED} if this thread is interrupted meanwhile
   */
  public void awaitEager() {
    List<Throwable> failures;
    try {
      failures = eagerFailures();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the thread was interrupted while it waited for modules to be loaded",
          interrupted);
    }
    if (failures.size() > 1) {
      throw new WasmPreloadException(failures);
    }
    for (Throwable failure : failures) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  private synchronized List<Throwable> eagerFailures() throws InterruptedException {
    while (!this.closed && this.loads.values().stream().anyMatch(ModuleLoad::isAwaited)) {
      wait();
    }
    List<Throwable> failures = new ArrayList<>(this.unresolved);
    for (ModuleLoad load : this.loads.values()) {
      Throwable failure = load.failure();
      if (load.isEager() && failure != null) {
        failures.add(failure);
      }
    }
    return failures;
  }

  /**
   * Begins no further loading, interrupts what is being loaded and waits up to ten seconds for it
   * to end.
   */
  @Override
  public void close() {
    List<Thread> working;
    synchronized (this) {
      this.closed = true;
      this.ready.clear();
      working = List.copyOf(this.workers);
      working.forEach(Thread::interrupt);
      notifyAll();
    }
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      for (Thread worker : working) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (worker != Thread.currentThread() && left > 0) {
          worker.join(left);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
