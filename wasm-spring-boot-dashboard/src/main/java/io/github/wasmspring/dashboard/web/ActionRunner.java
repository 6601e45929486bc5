package io.github.wasmspring.dashboard.web;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.dashboard.view.EventLog;
import io.github.wasmspring.dashboard.view.ProgressLog;
import io.github.wasmspring.internal.module.ShownText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what operators want, on threads of its own: who asks waits two seconds at most, and what
 * takes longer goes on. Each is audited, logged and told of, whatever becomes of it.
 */
final class ActionRunner implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(ActionRunner.class);

  static final int MOST = 4;

  private static final long PATIENCE_MILLIS = 2_000;
  private static final long IDLE_SECONDS = 10;
  private static final long GRACE_SECONDS = 10;

  private final ProgressLog progress;
  private final EventLog events;
  private final DashboardAudit audit;
  private final AtomicLong threads = new AtomicLong();
  private final ThreadPoolExecutor executor;

  ActionRunner(ProgressLog progress, EventLog events, DashboardAudit audit) {
    this.progress = progress;
    this.events = events;
    this.audit = audit;
    this.executor =
        new ThreadPoolExecutor(
            0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "wasm-dashboard-action-" + this.threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Does something that takes a moment, or an unknown time. */
  ActionAnswer run(ActionRequest request, ActionRequest.Work work) {
    String id = begin(request);
    FutureTask<String> task = new FutureTask<>(() -> perform(id, request, work));
    try {
      this.executor.execute(task);
    } catch (RejectedExecutionException full) {
      DashboardRefusal busy = DashboardRefusal.busy();
      ended(id, request, "was not done", busy);
      throw busy.audited();
    }
    return answer(id, request, task);
  }

  /**
   * Does something on the thread of who asks, who has to stay until it is done.
   *
   * @param progress the id of what {@link #begin} has begun
   */
  ActionAnswer runHere(String progress, ActionRequest request, ActionRequest.Work work)
      throws Exception {
    return new ActionAnswer("done", perform(progress, request, work), progress);
  }

  /**
   * Something begins.
   *
   * @return the id of its progress
   */
  String begin(ActionRequest request) {
    logger.info("{} by {}", ShownText.of(request.title()), ShownText.of(name(request.principal())));
    return this.progress.begin(
        request.kind(), request.title(), request.subject(), request.version());
  }

  private String perform(String id, ActionRequest request, ActionRequest.Work work)
      throws Exception {
    try {
      String message = work.call();
      ended(id, request, message, null);
      return message;
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      ended(id, request, "failed", failure);
      throw failure;
    }
  }

  private ActionAnswer answer(String id, ActionRequest request, FutureTask<String> task) {
    try {
      return new ActionAnswer("done", task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), id);
    } catch (TimeoutException goesOn) {
      return new ActionAnswer("running", request.title() + " goes on", id);
    } catch (ExecutionException failure) {
      throw DashboardRefusal.failed(failure.getCause() == null ? failure : failure.getCause())
          .audited();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw DashboardRefusal.unavailable("The application is closing");
    }
  }

  private void ended(
      String id, ActionRequest request, String message, @Nullable Throwable failure) {
    DashboardRefusal refusal = failure == null ? null : DashboardRefusal.failed(failure);
    this.progress.end(id, message, refusal == null ? null : refusal.view());
    String reason = failure == null ? null : reason(failure);
    if (failure != null) {
      log(request, failure);
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("action", request.action());
    details.put("by", name(request.principal()));
    if (reason != null) {
      details.put("reason", reason);
    }
    this.events.action(
        request.subject(),
        request.version(),
        refusal != null,
        refusal == null
            ? "%s by %s: %s".formatted(request.action(), name(request.principal()), message)
            : "%s by %s failed: %s"
                .formatted(request.action(), name(request.principal()), refusal.getMessage()),
        details);
    this.audit.record(
        new DashboardDeed(
            request.principal(),
            request.action(),
            request.subject(),
            request.version(),
            failure == null ? "success" : "failure",
            reason));
  }

  private static void log(ActionRequest request, Throwable failure) {
    if (failure instanceof WasmException
        || failure instanceof DashboardRefusal
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException) {
      logger.warn(
          "{} failed: {}",
          ShownText.of(request.title()),
          ShownText.of(String.valueOf(failure.getMessage())));
    } else {
      logger.warn("{} failed", ShownText.of(request.title()), failure);
    }
  }

  private static String reason(Throwable failure) {
    if (failure instanceof WasmException known) {
      return known.category().name();
    }
    return failure instanceof DashboardRefusal refusal
        ? refusal.code()
        : failure.getClass().getSimpleName();
  }

  private static String name(@Nullable String principal) {
    return principal == null ? "somebody" : principal;
  }

  /** Takes no more, interrupts what is under way and waits a moment for it to end. */
  @Override
  public void close() {
    this.executor.shutdownNow();
    try {
      this.executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
