package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmExecutionException;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmCallObserver;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.flight.CallFlight;
import io.github.wasmspring.internal.flight.FlightLog;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and times calls, and tells whoever listens what became of them. */
final class CallRecorder {

  /** The documentation names it: what is hidden from callers can be seen there. */
  private static final Logger logger = LoggerFactory.getLogger(CallExecutor.class);

  private final WasmEventPublisher events;

  CallRecorder(WasmEventPublisher events) {
    this.events = events;
  }

  /** Whether somebody is to know how long a call takes. */
  boolean isToldOf(CallRecord record) {
    return record.isTimed() || this.events.hasCallListeners();
  }

  /**
   * Makes a call; what it fails with learns where that was.
   *
   * @param record noted by the call
   * @param timed whether to read the clock
   */
  <T extends @Nullable Object> T record(
      CallCounters counters, WasmCallId call, CallRecord record, boolean timed, Supplier<T> made) {
    long start = timed ? System.nanoTime() : 0;
    WasmException failure = null;
    WasmCallObserver.Observed observed = this.events.begin(call);
    CallFlight flight = FlightLog.get().call(call);
    try {
      return made.get();
    } catch (WasmException thrown) {
      failure = record.located(thrown, call);
      throw failure;
    } catch (RuntimeException | Error unexpected) {
      failure =
          new WasmExecutionException(
              WasmErrorCategory.ENGINE, "the call failed unexpectedly: " + unexpected, unexpected);
      throw unexpected;
    } finally {
      counters.count(record.source(), failure);
      if (timed) {
        long nanos = System.nanoTime() - start;
        record.took(nanos);
        counters.timed(nanos);
        this.events.called(call, record.engine(), record.source(), failure, nanos);
      }
      if (flight != null) {
        flight.ended(record.engine(), record.source(), failure);
      }
      if (observed != null) {
        this.events.end(observed, call, record.engine(), record.source(), failure, record.hidden());
      }
    }
  }

  /**
   * The module has failed.
   *
   * @param fallback whether Java answers instead
   */
  void failed(WasmCallId call, WasmException failure, boolean fallback) {
    if (fallback) {
      logger.debug("Java answers instead: {}", failure.getMessage(), failure);
    }
    this.events.publish(
        new WasmEvent.CallFailed(
            call.module(),
            failure.version() != null ? failure.version() : call.version(),
            call.operation(),
            failure.category(),
            failure.getMessage(),
            fallback));
  }

  void retried(WasmCallId call, WasmException failure, int attempt) {
    this.events.publish(
        new WasmEvent.CallRetried(
            call.module(), call.version(), call.operation(), failure.category(), attempt));
  }
}
