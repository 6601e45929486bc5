package io.github.wasmspring.internal.plugin;

import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The revisions that get a share of the calls until it is decided. */
final class PluginTrials implements AutoCloseable {

  /** What is told when it is decided, maybe more than once. */
  @FunctionalInterface
  interface Verdict {
    void decided(String id, int revision, WasmRolloutState state, String reason);
  }

  private final Map<String, WasmRollout> rollouts = new ConcurrentHashMap<>();
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

  PluginTrials(Verdict verdict) {
    this.verdict = verdict;
    this.executor.allowCoreThreadTimeOut(true);
  }

  void begin(String id, int revision, WasmRollout rollout) {
    this.rollouts.put(id, rollout);
    rollout.outcome().thenAcceptAsync(state -> tell(id, revision, rollout, state), this.executor);
  }

  private void tell(String id, int revision, WasmRollout rollout, WasmRolloutState state) {
    this.rollouts.remove(id, rollout);
    this.verdict.decided(id, revision, state, reason(rollout));
  }

  private static String reason(WasmRollout rollout) {
    String reason = rollout.reason();
    return reason == null ? "its trial has ended" : reason;
  }

  /** Gives a revision up, and tells so before it returns; does nothing if none is on trial. */
  void giveUp(String id, @Nullable StoredRevision candidate, String reason) {
    WasmRollout rollout = this.rollouts.get(id);
    if (rollout == null || candidate == null) {
      return;
    }
    try {
      rollout.rollBack(reason);
    } catch (IllegalStateException promotedMeanwhile) {
      // That is told in its place.
    }
    tell(id, candidate.number(), rollout, rollout.state());
  }

  @Override
  public void close() {
    this.executor.shutdown();
  }
}
