package io.github.wasmspring.channel;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes messages from its queue to their target, one attempt after the other. */
final class Route {

  /** What a route needs of the channels that it belongs to. */
  interface Exchange {

    /**
     * Publishes what the message that this thread delivers was answered with.
     *
     * @throws WasmException if a route has no room for it, or it can't be published at all
     */
    void reply(String topic, byte[] payload, @Nullable String module);

    /** Whether the message is delivered once more. */
    boolean retries(WasmException failure, int attempt, int maxAttempts);

    void bury(WasmMessage message, RouteLabels route, int attempts, WasmException failure);

    /** Makes the message known as the one that this thread delivers, {@code null} for none. */
    void delivering(@Nullable WasmMessage message);
  }

  /** A message on its way to the target and, if it has an answer, from there on. */
  private static final class Delivery {

    private final WasmMessage message;
    private int attempts;
    private boolean taken;
    private byte @Nullable [] answer;

    Delivery(WasmMessage message) {
      this.message = message;
    }
  }

  private final RouteLabels labels;
  private final WasmRouteSettings settings;
  private final MessageTarget target;
  private final Exchange exchange;
  private final ScheduledExecutorService workers;
  private final RouteQueue queue;

  Route(
      RouteLabels labels,
      WasmRouteSettings settings,
      MessageTarget target,
      Exchange exchange,
      ScheduledExecutorService workers) {
    this.labels = labels;
    this.settings = settings;
    this.target = target;
    this.exchange = exchange;
    this.workers = workers;
    this.queue = new RouteQueue(settings);
  }

  String name() {
    return this.labels.name();
  }

  boolean has(String topic) {
    return this.labels.topics().matches(topic);
  }

  /**
   * @param mayWait whether the publisher waits for room if the settings say so
   * @return whether there was room
   */
  boolean offer(WasmMessage message, boolean mayWait) throws InterruptedException {
    boolean accepted = this.queue.offer(message, mayWait);
    if (accepted) {
      deliverNext();
    }
    return accepted;
  }

  /** Every message that comes and every one that is done makes the next one start. */
  private void deliverNext() {
    WasmMessage next = this.queue.take();
    if (next != null) {
      Delivery delivery = new Delivery(next);
      try {
        this.workers.execute(() -> attempt(delivery));
      } catch (RejectedExecutionException closed) {
        // It is among those that closing has reported as left.
      }
    }
  }

  private void attempt(Delivery delivery) {
    delivery.attempts++;
    this.exchange.delivering(delivery.message);
    try {
      deliver(delivery);
    } catch (WasmException failure) {
      failed(delivery, failure);
      return;
    } catch (Throwable failure) {
      failed(
          delivery,
          new WasmExecutionException(
              WasmErrorCategory.ENGINE, "the delivery failed: " + failure, failure));
      return;
    } finally {
      this.exchange.delivering(null);
    }
    this.queue.done(true);
    deliverNext();
  }

  /** What has been taken is not delivered again because its answer is stuck. */
  private void deliver(Delivery delivery) throws Exception {
    if (!delivery.taken) {
      delivery.answer = this.target.deliver(delivery.message);
      delivery.taken = true;
    }
    String replyTo = this.labels.replyTo();
    if (replyTo != null && delivery.answer != null) {
      this.exchange.reply(replyTo, delivery.answer, this.labels.module());
    }
  }

  private void failed(Delivery delivery, WasmException failure) {
    if (this.workers.isShutdown()) {
      return;
    }
    if (this.exchange.retries(failure, delivery.attempts, this.settings.maxAttempts())) {
      this.queue.retry();
      try {
        this.workers.schedule(
            () -> attempt(delivery), this.settings.retryDelay().toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closed) {
        // It is among those that closing has reported as left.
      }
      return;
    }
    try {
      this.exchange.bury(delivery.message, this.labels, delivery.attempts, failure);
    } finally {
      this.queue.done(false);
      deliverNext();
    }
  }

  void awaitIdle(long nanos) throws InterruptedException {
    this.queue.awaitIdle(nanos);
  }

  /**
   * Refuses everything from now on.
   *
   * @return how many messages are left
   */
  int close() {
    return this.queue.close();
  }

  WasmRouteStatus status() {
    return this.queue.status(this.labels);
  }
}
