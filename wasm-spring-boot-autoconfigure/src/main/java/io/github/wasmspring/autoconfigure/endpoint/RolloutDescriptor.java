package io.github.wasmspring.autoconfigure.endpoint;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.rollout.WasmRollout;
import io.github.wasmspring.rollout.WasmRolloutState;
import org.jspecify.annotations.Nullable;

/**
 * A rollout that is under way.
 *
 * @param from the version that the module has
 * @param to the version that is on trial; the same if the module was loaded again
 * @param share of the calls that it gets, in percent
 * @param current what the old code has done meanwhile
 * @param candidate what the new code has done
 */
public record RolloutDescriptor(
    String from,
    String to,
    int share,
    WasmRolloutState state,
    WasmRollout.Figures current,
    WasmRollout.Figures candidate) {

  static @Nullable RolloutDescriptor of(WasmModuleManager manager, String id, String version) {
    return manager
        .rollout(id, version)
        .map(
            rollout ->
                new RolloutDescriptor(
                    rollout.from().version(),
                    rollout.to().version(),
                    rollout.share(),
                    rollout.state(),
                    rollout.current(),
                    rollout.candidate()))
        .orElse(null);
  }
}
