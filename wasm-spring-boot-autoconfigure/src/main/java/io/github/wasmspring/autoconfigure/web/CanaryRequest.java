package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.rollout.WasmRollout;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls of a request to the code that a header of it asks for: {@code always} for what is
 * on trial, {@code never} for what the module runs. If the header says nothing of that, those of
 * certain users go to what is on trial. For all others the share decides.
 *
 * @param header the value of a header by its name, {@code null} if the request has none
 * @param principal the name of who has made the request, {@code null} if nobody knows
 */
record CanaryRequest(
    Function<String, @Nullable String> header, Supplier<@Nullable String> principal)
    implements WasmCanarySelector {

  @Override
  public @Nullable Boolean select(WasmRollout rollout) {
    WasmRolloutSettings.Canary canary = rollout.to().settings().rollout().canary();
    if (canary == null) {
      return null;
    }
    String name = canary.header();
    String value = name == null ? null : this.header.apply(name);
    return switch (value == null ? "" : value) {
      case "always" -> Boolean.TRUE;
      case "never" -> Boolean.FALSE;
      default -> isOf(canary) ? Boolean.TRUE : null;
    };
  }

  private boolean isOf(WasmRolloutSettings.Canary canary) {
    String user = canary.principals().isEmpty() ? null : this.principal.get();
    return user != null && canary.principals().contains(user);
  }
}
