package io.github.wasmspring.work;

import io.github.wasmspring.WasmErrorContext;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.internal.sandbox.CallCancellation;
import io.github.wasmspring.internal.tenant.TenantAccount;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A call that answers later, with its way to the answer. */
final class CallTask<T extends @Nullable Object> {

  private static final long NOT_YET = 0;

  private final long id;
  private final WasmTaskRequest request;
  private final @Nullable TenantAccount tenant;
  private final Function<CallCancellation, T> call;
  private final Runnable body;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final CallCancellation cancellation = new CallCancellation();
  private final long submittedAt = System.nanoTime();
  private @Nullable ModuleQueue queue;
  private long startedAt = NOT_YET;
  private volatile boolean called;

  /**
   * @param tenant whose call it is, {@code null} if there are no tenants
   * @param decorator puts what the caller's thread knows around what another thread does
   */
  CallTask(
      long id,
      WasmTaskRequest request,
      @Nullable TenantAccount tenant,
      Function<CallCancellation, T> call,
      UnaryOperator<Runnable> decorator) {
    this.id = id;
    this.request = request;
    this.tenant = tenant;
    this.call = call;
    this.body = decorator.apply(this::call);
  }

  long id() {
    return this.id;
  }

  WasmTaskRequest request() {
    return this.request;
  }

  @Nullable TenantAccount tenant() {
    return this.tenant;
  }

  /** Says where it belongs, be it that it never waits there. */
  void belongTo(ModuleQueue queue) {
    this.queue = queue;
  }

  ModuleQueue queue() {
    return Objects.requireNonNull(this.queue);
  }

  CompletableFuture<T> answer() {
    return this.answer;
  }

  /** From now on it has a thread; called while the executor is locked. */
  void start() {
    this.startedAt = System.nanoTime();
  }

  boolean isStarted() {
    return this.startedAt != NOT_YET;
  }

  /** Makes the call; whatever happens, there is an answer afterwards. */
  void run() {
    try {
      this.body.run();
    } catch (Throwable failure) {
      fail(failure);
    }
    if (!this.answer.isDone()) {
      fail(new IllegalStateException("The task decorator has not run the call it was given"));
    }
  }

  private void call() {
    if (this.answer.isDone()) {
      return;
    }
    try {
      T value = this.call.apply(this.cancellation);
      this.called = true;
      this.answer.complete(value);
    } catch (Throwable failure) {
      fail(failure);
    }
  }

  /** Answers with a failure, unless there is an answer. */
  void fail(Throwable failure) {
    this.called = true;
    this.answer.completeExceptionally(
        failure instanceof WasmException known ? located(known) : failure);
  }

  /** Answers in place of the call, whose own answer nobody wants any more. */
  void abandon(WasmException why) {
    this.answer.completeExceptionally(located(why));
  }

  /** The same failure, which knows that it is one of this call. */
  WasmException located(WasmException failure) {
    WasmCallId call = this.request.call();
    return failure.locate(
        new WasmErrorContext(call.module(), call.version(), call.operation(), null));
  }

  /** Whether somebody else gave the answer, so that nobody wants that of the call. */
  boolean isAbandoned() {
    return !this.called && this.answer.isDone();
  }

  void stop() {
    this.cancellation.cancel();
  }

  /** For people to look at; called while the executor is locked. */
  WasmTask describe() {
    long now = System.nanoTime();
    long waited = (isStarted() ? this.startedAt : now) - this.submittedAt;
    return new WasmTask(
        this.id,
        this.request.call().module(),
        this.request.call().version(),
        this.request.call().operation(),
        this.request.priority(),
        this.answer.isDone()
            ? WasmTask.State.ENDING
            : isStarted() ? WasmTask.State.RUNNING : WasmTask.State.QUEUED,
        Instant.now().minusNanos(now - this.submittedAt),
        waited / 1_000_000,
        isStarted() ? (now - this.startedAt) / 1_000_000 : 0);
  }
}
