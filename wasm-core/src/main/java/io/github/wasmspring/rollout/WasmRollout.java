package io.github.wasmspring.rollout;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleDescriptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Other code takes the place of what a module runs. It has been loaded and checked before there is
 * a rollout. Safe for use by many threads; who keeps it keeps figures only, and no code.
 */
public interface WasmRollout {

  /** The id of the module. */
  String module();

  /** What ran before. */
  WasmModuleDescriptor from();

  /**
   * What is to run. The same object as {@link #from()} if the module was loaded again from where it
   * is.
   */
  WasmModuleDescriptor to();

  /** The share of calls that go to the new code while it is on trial, in percent. */
  int share();

  WasmRolloutState state();

  /** What the old code did during the trial; all zero if there was none. */
  Figures current();

  /** What the new code did during the trial; all zero if there was none. */
  Figures candidate();

  /** Why it came to its end, in one sentence; {@code null} before. */
  @Nullable String reason();

  /**
   * Completes with {@link WasmRolloutState#PROMOTED} or {@link WasmRolloutState#ROLLED_BACK} when
   * all is done, and modules that import from this one are linked anew. A copy: completing it does
   * nothing to the rollout.
   */
  CompletableFuture<WasmRolloutState> outcome();

  /**
   * Ends the trial: the new code answers all calls from now on. Does nothing if it does already.
   *
   * @throws IllegalStateException if it has been rolled back
   * @throws WasmException if another module has taken its version meanwhile; it is rolled back then
   */
  void promote();

  /**
   * Ends the trial: the old code answers all calls, as before. Calls under way on the new one end
   * there. Does nothing if it has been rolled back already.
   *
   * @param reason for people, in the log and in events
   * @throws IllegalStateException if it has been promoted; what ran before is gone
   */
  void rollBack(String reason);

  /**
   * What one side did during the trial. Calls that ended for reasons of their own, such as a wrong
   * argument or one that the caller cancelled, are not among them.
   *
   * @param failures those of the calls that failed
   * @param median of the time that the calls took, about; zero without calls
   */
  record Figures(long calls, long failures, Duration median) {

    public static final Figures NONE = new Figures(0, 0, Duration.ZERO);
  }
}
