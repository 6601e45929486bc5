package io.github.wasmspring.rollout;

import org.jspecify.annotations.Nullable;

/**
 * Says which side of a rollout a call is for, where something about the caller decides that. Asked
 * once for each call while there is a trial, on the thread that makes the call; for calls that
 * answer later on the one that submits them. What it throws counts as no decision.
 */
@FunctionalInterface
public interface WasmCanarySelector {

  /**
   * Under which the context of Reactor may have a selector, for methods that answer with a {@code
   * Mono}: it is asked first, when somebody subscribes, and where it does not decide, the selector
   * of the application is.
   */
  String CONTEXT_KEY = "io.github.wasmspring.canary";

  /** Leaves all calls to the share. */
  WasmCanarySelector SHARE = rollout -> null;

  /**
   * Decides for a call of the module.
   *
   * @return {@code true} for the new code, {@code false} for the old, {@code null} to let the share
   *     decide
   */
  @Nullable Boolean select(WasmRollout rollout);
}
