package io.github.wasmspring.internal.client;

import io.github.wasmspring.WasmCallOptions;
import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmSource;
import io.github.wasmspring.adaptive.WasmAdaptiveRow;
import io.github.wasmspring.event.WasmCallId;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.event.WasmEventPublisher;
import io.github.wasmspring.internal.adaptive.AdaptiveChoice;
import io.github.wasmspring.internal.adaptive.AdaptiveTurn;
import io.github.wasmspring.internal.adaptive.SizeClassChoice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the side that live timings show to be the quicker one, and tells how long it took. */
final class AdaptiveCalls {

  private static final Logger logger = LoggerFactory.getLogger(AdaptiveCalls.class);

  /** A module that is only tried gets no more time than this, or than so many answers of Java. */
  private static final Duration LEAST_TRIAL = Duration.ofMillis(100);

  private static final int TRIAL_IN_ANSWERS = 10;

  private enum Outcome {
    ANSWERED,
    FAILED,
    NOTHING_LEARNT
  }

  private final CallExecutor executor;
  private final WasmEventPublisher events;

  AdaptiveCalls(CallExecutor executor, WasmEventPublisher events) {
    this.executor = executor;
    this.events = events;
  }

  @Nullable Object call(
      OperationHandle operation,
      AdaptiveChoice choice,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    long start = System.nanoTime();
    SizeClassChoice sizeClass = choice.of(arguments);
    AdaptiveTurn turn = sizeClass.next();
    Outcome outcome = Outcome.NOTHING_LEARNT;
    try {
      Object answer =
          turn.side() == WasmSource.JAVA
              ? askJava(operation, arguments, options, record)
              : askModule(operation, arguments, options, record, sizeClass, turn);
      outcome = record.source() == turn.side() ? Outcome.ANSWERED : Outcome.FAILED;
      return answer;
    } catch (WasmException failure) {
      outcome = outcome(failure, record, turn);
      throw failure;
    } finally {
      learn(operation.id(), sizeClass, turn, outcome, start);
    }
  }

  private @Nullable Object askModule(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record,
      SizeClassChoice sizeClass,
      AdaptiveTurn turn) {
    WasmCallOptions own = turn.isExplored() ? trial(operation, options, sizeClass) : options;
    return this.executor.askModule(operation, arguments, own, record, true);
  }

  private @Nullable Object askJava(
      OperationHandle operation,
      @Nullable Object[] arguments,
      WasmCallOptions options,
      CallRecord record) {
    try {
      return this.executor.answerByChoice(operation, arguments, record);
    } catch (WasmException failure) {
      if (record.isCancelled() || !this.executor.mayAnswerElse(operation, failure, record)) {
        throw failure;
      }
      logger.debug("The module answers instead of Java: {}", failure.getMessage(), failure);
      return this.executor.askModule(operation, arguments, options, record, false);
    }
  }

  /** Nobody shall wait long for a module that would not have been asked otherwise. */
  private static WasmCallOptions trial(
      OperationHandle operation, WasmCallOptions options, SizeClassChoice sizeClass) {
    Duration answers = Duration.ofNanos((long) (TRIAL_IN_ANSWERS * sizeClass.chosenNanos()));
    Duration most = answers.compareTo(LEAST_TRIAL) < 0 ? LEAST_TRIAL : answers;
    Duration asked =
        options.timeout() != null
            ? options.timeout()
            : operation.module().descriptor().settings().limits().timeout();
    return asked.compareTo(most) <= 0
        ? options
        : new WasmCallOptions(options.mode(), most, options.priority(), options.tenant());
  }

  private static Outcome outcome(WasmException failure, CallRecord record, AdaptiveTurn turn) {
    if (record.isCancelled()) {
      return Outcome.NOTHING_LEARNT;
    }
    if (record.source() != turn.side() || !failure.category().callersOwn()) {
      return Outcome.FAILED;
    }
    return failure.category() == WasmErrorCategory.OPERATION
        ? Outcome.ANSWERED
        : Outcome.NOTHING_LEARNT;
  }

  private void learn(
      WasmCallId call, SizeClassChoice sizeClass, AdaptiveTurn turn, Outcome outcome, long start) {
    SizeClassChoice.Switch change = null;
    if (outcome == Outcome.FAILED) {
      change = sizeClass.failed(turn, System.nanoTime() - start);
    } else if (outcome == Outcome.NOTHING_LEARNT) {
      sizeClass.abandoned(turn);
    } else if (turn.isMeasured()) {
      change = sizeClass.answered(turn, System.nanoTime() - start);
    }
    if (change != null) {
      announce(call, change);
    }
  }

  private void announce(WasmCallId call, SizeClassChoice.Switch change) {
    WasmAdaptiveRow row = change.row();
    logger.debug("{} of {} changes sides: {}", call.operation(), call.module(), change);
    this.events.publish(
        new WasmEvent.ChoiceSwitched(
            call.module(),
            call.version(),
            call.operation(),
            row.fromBytes(),
            row.toBytes(),
            row.chosen(),
            change.why(),
            row.wasmNanos(),
            row.javaNanos()));
  }
}
