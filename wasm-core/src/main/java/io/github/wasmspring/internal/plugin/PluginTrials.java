package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.internal.module.SharedTimer;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions that get a share of the calls until it is decided. Each is remembered until what
 * became of it is stored, and told within the turn of its plug-in.
 */
final class PluginTrials implements AutoCloseable {

  private static final Logger logger = LoggerFactory.getLogger(PluginTrials.class);

  private static final long END_SECONDS = 30;
  private static final long AGAIN_SECONDS = 10;

  /** What is told when it is decided. */
  @FunctionalInterface
  interface Verdict {

    /**
     * @throws WasmException if that can't be stored; it is told again
     */
    void decided(String id, int revision, WasmRolloutState state, String reason);
  }

  private record Trial(String id, int revision, WasmRollout rollout) {

    String reason() {
      String reason = this.rollout.reason();
      return reason == null ? "its trial has ended" : reason;
    }
  }

  private final Map<String, Trial> trials = new ConcurrentHashMap<>();
  private final PluginTurns turns;
  private final Verdict verdict;

  /** One that ends when there is nothing to do. */
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "wasm-plugins");
            thread.setDaemon(true);
            return thread;
          },
          new ThreadPoolExecutor.DiscardPolicy());

  PluginTrials(PluginTurns turns, Verdict verdict) {
    this.turns = turns;
    this.verdict = verdict;
    this.executor.allowCoreThreadTimeOut(true);
  }

  void begin(String id, int revision, WasmRollout rollout) {
    Trial trial = new Trial(id, revision, rollout);
    this.trials.put(id, trial);
    rollout.outcome().thenAcceptAsync(state -> tellUntilStored(trial, state, true), this.executor);
  }

  private void tellUntilStored(Trial trial, WasmRolloutState state, boolean first) {
    try {
      tell(trial, state);
    } catch (WasmException notStored) {
      if (first) {
        logger.error(
            "What became of revision {} of plug-in '{}' ({}: {}) is not stored, and that is tried again; if it never is, the plug-in has its earlier revision after the next start: {}",
            trial.revision(),
            trial.id(),
            state,
            trial.reason(),
            notStored.getMessage());
      }
      SharedTimer.later(
          Duration.ofSeconds(AGAIN_SECONDS),
          this.executor,
          () -> tellUntilStored(trial, state, false));
    }
  }

  /** Once, unless it can't be stored. */
  private void tell(Trial trial, WasmRolloutState state) {
    this.turns.within(
        trial.id(),
        () -> {
          if (this.trials.get(trial.id()) == trial) {
            this.verdict.decided(trial.id(), trial.revision(), state, trial.reason());
            this.trials.remove(trial.id(), trial);
          }
          return true;
        });
  }

  /**
   * Tells what has been decided already; to be done before anything is made of what is stored.
   *
   * @throws WasmException if that can't be stored
   */
  void settle(String id) {
    Trial trial = this.trials.get(id);
    if (trial != null && trial.rollout().outcome().isDone()) {
      tell(trial, end(trial));
    }
  }

  /**
   * Gives a revision up unless it has been promoted meanwhile, and tells what became of it before
   * it returns; does nothing if none is on trial.
   *
   * @throws WasmException if that can't be stored, or is not known in time
   */
  void giveUp(String id, String reason) {
    Trial trial = this.trials.get(id);
    if (trial != null) {
      rollBack(trial, reason);
      tell(trial, end(trial));
    }
  }

  /** Ends a trial whose plug-in goes; it is not told what became of it if that is gone then. */
  void end(String id, String reason) {
    Trial trial = this.trials.get(id);
    if (trial != null) {
      rollBack(trial, reason);
      end(trial);
    }
  }

  /** Nobody needs to know any more what became of it. */
  void forget(String id) {
    this.trials.remove(id);
  }

  private static void rollBack(Trial trial, String reason) {
    try {
      trial.rollout().rollBack(reason);
    } catch (IllegalStateException overOrAboutToBe) {
      logger.debug("The trial of plug-in {} ends by itself", trial.id(), overOrAboutToBe);
    }
  }

  /** Who has begun to end it may not be done yet. */
  private static WasmRolloutState end(Trial trial) {
    try {
      return trial.rollout().outcome().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw PluginFailures.busy(
          trial.id(),
          "the thread was interrupted while the trial of its revision %d ended"
              .formatted(trial.revision()));
    } catch (ExecutionException | TimeoutException late) {
      throw PluginFailures.busy(
          trial.id(),
          "the trial of its revision %d is about to end, and has not for %d seconds; try again"
              .formatted(trial.revision(), END_SECONDS));
    }
  }

  @Override
  public void close() {
    this.executor.shutdown();
  }
}
