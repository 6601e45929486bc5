package io.github.wasmspring.fallback;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The guest's own answer, wrong input and interruption are the caller's business and are thrown;
 * what may pass is retried where that is configured; everything else falls back to Java.
 */
public final class DefaultWasmErrorHandler implements WasmErrorHandler {

  private final Function<String, @Nullable WasmRetryPolicy> policies;

  /** Where no retry policies have names. */
  public DefaultWasmErrorHandler() {
    this(name -> null);
  }

  /**
   * @param policies finds the retry policy of a name, {@code null} if there is none
   */
  public DefaultWasmErrorHandler(Function<String, @Nullable WasmRetryPolicy> policies) {
    this.policies = policies;
  }

  @Override
  public WasmFailureAction onFailure(
      WasmException failure, WasmModuleSettings settings, int attempt, boolean hasFallback) {
    if (failure.category().callersOwn()) {
      return WasmFailureAction.THROW;
    }
    if (isTriedAgain(failure, settings.retry(), attempt)) {
      return WasmFailureAction.RETRY;
    }
    return hasFallback && settings.fallback()
        ? WasmFailureAction.FALLBACK
        : WasmFailureAction.THROW;
  }

  private boolean isTriedAgain(WasmException failure, WasmModuleSettings.Retry retry, int attempt) {
    String name = retry.policy();
    if (name == null) {
      return attempt < retry.maxAttempts() && retry.categories().contains(failure.category());
    }
    if (this.policies.apply(name) == null) {
      failure.advise(
          "it is not tried again, as there is no retry policy '%s' (retry.policy)".formatted(name));
      return false;
    }
    return true;
  }

  /** Of a policy with a name, which says by that whether there is another attempt. */
  @Override
  public @Nullable Duration pause(WasmException failure, WasmModuleSettings settings, int attempt) {
    WasmRetryPolicy policy = policy(settings);
    return policy == null
        ? BackOff.pause(settings.retry(), attempt)
        : policy.pause(failure, attempt);
  }

  @Override
  public Duration maxTime(WasmModuleSettings settings) {
    WasmRetryPolicy policy = policy(settings);
    Duration most = policy == null ? null : policy.maxTime();
    return most == null ? settings.retry().maxTime() : most;
  }

  private @Nullable WasmRetryPolicy policy(WasmModuleSettings settings) {
    String name = settings.retry().policy();
    return name == null ? null : this.policies.apply(name);
  }
}
