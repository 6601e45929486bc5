package io.github.wasmspring.channel;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.WasmInvalidInputException;
import io.github.wasmspring.WasmTopicPattern;
import io.github.wasmspring.channel.Publication.Outcome;
import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.fallback.WasmErrorHandler;
import io.github.wasmspring.fallback.WasmFailureAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages between modules. A message goes to every route that has its topic, and each
 * route has a bounded queue of its own. Delivery is at least once as long as the application runs:
 * nothing outlives it, and an operation that failed may be called again with the same message. Safe
 * for use by many threads.
 */
public final class WasmChannels implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(WasmChannels.class);

  private static final int MAX_REASON = 500;

  private final WasmModuleManager manager;
  private final WasmEventPublisher events;
  private final WasmErrorHandler errorHandler;
  private final WasmChannelSettings settings;
  private final ScheduledExecutorService workers;
  private final DeadLetters deadLetters;
  private final CopyOnWriteArrayList<Route> routes = new CopyOnWriteArrayList<>();
  private final List<Consumer<String>> routeListeners = new ArrayList<>();
  private final ThreadLocal<@Nullable WasmMessage> delivering = new ThreadLocal<>();
  private final LongAdder unrouted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Route.Exchange exchange = new Deliveries();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param errorHandler decides whether what could not be delivered is tried again
   * @param guests lets guests publish here from now on
   */
  public WasmChannels(
      WasmModuleManager manager,
      WasmEventPublisher events,
      WasmErrorHandler errorHandler,
      WasmGuestPublisher guests,
      WasmChannelSettings settings) {
    this.manager = manager;
    this.events = events;
    this.errorHandler = errorHandler;
    this.settings = settings;
    this.workers = ChannelThreads.create(settings.deliveryThreads());
    this.deadLetters = new DeadLetters(settings.deadLetters());
    guests.connect(this);
  }

  /**
   * Sends messages to a module from now on.
   *
   * @throws IllegalArgumentException if there is a route of that name already
   */
  public void add(WasmRoute route) {
    add(
        new RouteLabels(
            route.name(), route.topics(), route.module(), route.operation(), route.replyTo()),
        route.settings(),
        new ModuleTarget(this.manager, route));
  }

  /**
   * Sends messages to Java code from now on.
   *
   * @param name what the route is called in figures and messages
   * @param topics the topics, as {@link WasmTopicPattern} has them
   * @throws IllegalArgumentException if there is a route of that name already, or {@code topics} is
   *     no pattern
   */
  public void subscribe(
      String name, String topics, WasmRouteSettings settings, WasmMessageHandler handler) {
    add(
        new RouteLabels(name, WasmTopicPattern.of(topics), null, null, null),
        settings,
        message -> {
          handler.handle(message);
          return null;
        });
  }

  /** Sends messages to Java code from now on, with the default settings. */
  public void subscribe(String name, String topics, WasmMessageHandler handler) {
    subscribe(name, topics, WasmRouteSettings.DEFAULTS, handler);
  }

  private synchronized void add(
      RouteLabels labels, WasmRouteSettings settings, MessageTarget target) {
    if (this.closing.get()) {
      throw new IllegalStateException("The channels are closed");
    }
    if (this.routes.stream().anyMatch(route -> route.name().equals(labels.name()))) {
      throw new IllegalArgumentException("There are two routes '" + labels.name() + "'");
    }
    this.routes.add(new Route(labels, settings, target, this.exchange, this.workers));
    this.routeListeners.forEach(listener -> listener.accept(labels.name()));
  }

  /** Calls the listener with the name of every route, those that are added later included. */
  public synchronized void onRoute(Consumer<String> listener) {
    this.routes.forEach(route -> listener.accept(route.name()));
    this.routeListeners.add(listener);
  }

  /**
   * Publishes a text.
   *
   * @throws WasmException see {@link #publish(String, byte[])}
   */
  public void publish(String topic, String payload) {
    publish(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Publishes a message to all routes that have its topic. Waits for room in their queues as long
   * as their settings say, unless it is called while this thread delivers another message.
   *
   * @param payload not to be changed afterwards
   * @throws WasmInvalidInputException if the topic is none, or the payload is too large, or too
   *     many messages came before it
   * @throws WasmExecutionException {@code NOT_FOUND} if no route has the topic; {@code REJECTED} if
   *     a route has no room, which it names, while the others have got the message, or if the
   *     channels are closed; {@code INTERRUPTED} if the thread was interrupted while it waited
   */
  public void publish(String topic, byte[] payload) {
    Publication publication;
    try {
      publication = publish(topic, payload, null, true);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new WasmExecutionException(
          WasmErrorCategory.INTERRUPTED,
          "the thread was interrupted while it waited to publish to '%s'".formatted(topic),
          interrupted);
    }
    publication.requireAccepted(topic, payload.length, this.settings);
  }

  /** For guests, which never wait: they hold an instance that a route may need. */
  Publication publishFromGuest(String topic, byte[] payload, String module) {
    try {
      return publish(topic, payload, module, false);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  void refuse() {
    this.refused.increment();
  }

  long maxPayload() {
    return this.settings.maxPayload();
  }

  private Publication publish(
      String topic, byte[] payload, @Nullable String sender, boolean mayWait)
      throws InterruptedException {
    WasmMessage before = this.delivering.get();
    Outcome obstacle = obstacle(topic, payload, before);
    if (obstacle != null) {
      this.refused.increment();
      return Publication.of(obstacle);
    }
    WasmMessage message =
        new WasmMessage(topic, payload, sender, before == null ? 0 : before.hops() + 1);
    boolean routed = false;
    List<String> refusedBy = new ArrayList<>();
    for (Route route : this.routes) {
      if (route.has(topic)) {
        routed = true;
        if (!route.offer(message, mayWait && before == null)) {
          refusedBy.add(route.name());
        }
      }
    }
    if (!routed) {
      this.unrouted.increment();
      return Publication.of(Outcome.NO_ROUTE);
    }
    return new Publication(refusedBy.isEmpty() ? Outcome.ACCEPTED : Outcome.FULL, refusedBy);
  }

  private @Nullable Outcome obstacle(String topic, byte[] payload, @Nullable WasmMessage before) {
    if (this.closed || before == null && this.closing.get()) {
      return Outcome.CLOSED;
    }
    if (!WasmTopicPattern.isTopic(topic)) {
      return Outcome.BAD_TOPIC;
    }
    if (payload.length > this.settings.maxPayload()) {
      return Outcome.TOO_LARGE;
    }
    return before != null && before.hops() >= this.settings.maxHops()
        ? Outcome.TOO_MANY_HOPS
        : null;
  }

  /** How it all is now. */
  public WasmChannelsStatus status() {
    return new WasmChannelsStatus(
        this.routes.stream().map(Route::status).toList(),
        this.unrouted.sum(),
        this.refused.sum(),
        this.deadLetters.list());
  }

  /** A route as it is now, {@code null} if there is none of that name. */
  public @Nullable WasmRouteStatus status(String route) {
    for (Route each : this.routes) {
      if (each.name().equals(route)) {
        return each.status();
      }
    }
    return null;
  }

  /**
   * Takes no more messages from outside, waits a while until all are delivered, and then gives up
   * the rest: they stay counted as queued and running, and the log says how many they are.
   */
  @Override
  public void close() {
    if (!this.closing.compareAndSet(false, true)) {
      return;
    }
    drain();
    this.closed = true;
    long left = this.routes.stream().mapToLong(Route::close).sum();
    this.workers.shutdownNow();
    if (left > 0) {
      logger.warn(
          "{} messages between WebAssembly modules were not delivered before the channels were closed",
          left);
    }
  }

  /** What is being delivered may make further messages, for earlier routes too. */
  private void drain() {
    long end = System.nanoTime() + this.settings.drainTimeout().toNanos();
    try {
      while (isBusy() && end - System.nanoTime() > 0) {
        for (Route route : this.routes) {
          route.awaitIdle(end - System.nanoTime());
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isBusy() {
    return this.routes.stream()
        .map(Route::status)
        .anyMatch(route -> route.queued() > 0 || route.running() > 0);
  }

  /** Guests choose what their failures say. */
  private static String shortened(String reason) {
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
  }

  /** What routes need. */
  private final class Deliveries implements Route.Exchange {

    @Override
    public void reply(String topic, byte[] payload, @Nullable String module) {
      try {
        publish(topic, payload, module, false)
            .requireAccepted(topic, payload.length, WasmChannels.this.settings);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public boolean retries(WasmException failure, int attempt, int maxAttempts) {
      try {
        return WasmChannels.this.errorHandler.onUndelivered(failure, attempt, maxAttempts)
            == WasmFailureAction.RETRY;
      } catch (RuntimeException undecided) {
        logger.warn("The error handler failed on {}", failure.getMessage(), undecided);
        return false;
      }
    }

    @Override
    public void bury(WasmMessage message, RouteLabels route, int attempts, WasmException failure) {
      String reason = shortened(failure.getMessage());
      WasmChannels.this.deadLetters.add(
          new WasmDeadLetter(
              Instant.now(),
              route.name(),
              message.topic(),
              route.module(),
              route.operation(),
              message.sender(),
              attempts,
              failure.category(),
              reason,
              message.payload().length));
      WasmChannels.this.events.publish(
          new WasmEvent.MessageDead(
              Objects.requireNonNullElse(route.module(), ""),
              Objects.requireNonNullElse(failure.version(), ""),
              Objects.requireNonNullElse(route.operation(), ""),
              route.name(),
              message.topic(),
              failure.category(),
              reason,
              attempts,
              message.payload().length));
    }

    @Override
    public void delivering(@Nullable WasmMessage message) {
      if (message == null) {
        WasmChannels.this.delivering.remove();
      } else {
        WasmChannels.this.delivering.set(message);
      }
    }
  }
}
