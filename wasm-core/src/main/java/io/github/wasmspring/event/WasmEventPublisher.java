package io.github.wasmspring.event;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.internal.event.FailureSite;
import io.github.wasmspring.internal.event.Recurrences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to listeners; a listener that throws is logged, each fault of it once a minute at
 * most, and harms neither call nor others.
 */
public final class WasmEventPublisher {

  private static final Logger logger = LoggerFactory.getLogger(WasmEventPublisher.class);

  private final CopyOnWriteArrayList<WasmEventListener> listeners = new CopyOnWriteArrayList<>();
  private volatile WasmCallListener[] callListeners = {};
  private volatile @Nullable WasmCallObserver observer;
  private final Recurrences<Kind> failures = new Recurrences<>();

  /** A listener may stand for many, who fail in many ways. */
  private record Kind(Class<?> listener, Class<?> what, FailureSite site) {}

  /** A listener that is registered already is not registered again. */
  public void addListener(WasmEventListener listener) {
    this.listeners.addIfAbsent(listener);
  }

  public void removeListener(WasmEventListener listener) {
    this.listeners.remove(listener);
  }

  public synchronized void addCallListener(WasmCallListener listener) {
    WasmCallListener[] extended = Arrays.copyOf(this.callListeners, this.callListeners.length + 1);
    extended[extended.length - 1] = listener;
    this.callListeners = extended;
  }

  /** Does nothing if it was not added, or is removed already. */
  public synchronized void removeCallListener(WasmCallListener listener) {
    List<WasmCallListener> left = new ArrayList<>(Arrays.asList(this.callListeners));
    if (left.remove(listener)) {
      this.callListeners = left.toArray(WasmCallListener[]::new);
    }
  }

  /**
   * @param observer surrounds calls from now on, in place of the one before
   */
  public void setObserver(WasmCallObserver observer) {
    this.observer = observer;
  }

  /** Whether calls are surrounded by an observer. */
  public boolean isObserved() {
    WasmCallObserver current = this.observer;
    return current != null && current.isActive();
  }

  /**
   * A call begins on this thread.
   *
   * @return is to be told of its end; {@code null} if nobody observes it
   */
  public WasmCallObserver.@Nullable Observed begin(WasmCallId call) {
    WasmCallObserver current = this.observer;
    if (current == null || !current.isActive()) {
      return null;
    }
    try {
      return current.begin(call);
    } catch (RuntimeException failure) {
      failed(current, call, failure);
      return null;
    }
  }

  public void end(
      WasmCallObserver.Observed observed,
      WasmCallId call,
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      @Nullable WasmException hidden) {
    try {
      observed.end(engine, source, failure, hidden);
    } catch (RuntimeException observerFailure) {
      failed(observed, call, observerFailure);
    }
  }

  public void publish(WasmEvent event) {
    for (WasmEventListener listener : this.listeners) {
      try {
        listener.onEvent(event);
      } catch (RuntimeException failure) {
        failed(listener, event, failure);
      }
    }
  }

  private void failed(Object listener, Object what, RuntimeException failure) {
    Recurrences.Turn turn =
        this.failures.count(
            new Kind(listener.getClass(), what.getClass(), FailureSite.of(failure)));
    if (turn != null && turn.first()) {
      logger.warn("{} failed on {}", listener.getClass().getName(), what, failure);
    } else if (turn != null) {
      logger.warn(
          "{} failed {} more times, the last time on {}: {}",
          listener.getClass().getName(),
          turn.times(),
          what,
          failure.toString());
    }
  }

  /** Whether anybody is to be told of single calls. */
  public boolean hasCallListeners() {
    return this.callListeners.length > 0;
  }

  public void called(
      WasmCallId call,
      String engine,
      WasmSource source,
      @Nullable WasmException failure,
      long nanos) {
    for (WasmCallListener listener : this.callListeners) {
      try {
        listener.onCall(call, engine, source, failure, nanos);
      } catch (RuntimeException listenerFailure) {
        failed(listener, call, listenerFailure);
      }
    }
  }
}
