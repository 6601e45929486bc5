package io.github.wasmspring.autoconfigure.web;

import io.github.wasmspring.module.WasmRolloutSettings;
import io.github.wasmspring.rollout.WasmCanarySelector;
import io.github.wasmspring.rollout.WasmRollout;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Sends the calls of a request to the code that a header of it asks for: {@code always} for what is
 * on trial, {@code never} for what the module runs. For whatever else the header says, and for
 * calls of no request, the share decides.
 */
final class CanaryHeaderSelector implements WasmCanarySelector {

  @Override
  public @Nullable Boolean select(WasmRollout rollout) {
    WasmRolloutSettings.Canary canary = rollout.to().settings().rollout().canary();
    String header = canary == null ? null : canary.header();
    if (header == null
        || !(RequestContextHolder.getRequestAttributes()
            instanceof ServletRequestAttributes attributes)) {
      return null;
    }
    String value = attributes.getRequest().getHeader(header);
    return switch (value == null ? "" : value) {
      case "always" -> Boolean.TRUE;
      case "never" -> Boolean.FALSE;
      default -> null;
    };
  }
}
