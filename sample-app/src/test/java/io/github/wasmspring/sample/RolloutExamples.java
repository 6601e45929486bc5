package io.github.wasmspring.sample;

import io.github.wasmspring.client.WasmModuleManager;
import io.github.wasmspring.event.WasmEvent;
import io.github.wasmspring.module.WasmModuleDescriptor;
import io.github.wasmspring.rollout.WasmRollout;
import java.time.Duration;
import org.springframework.context.event.EventListener;

/** What docs/rollouts.md shows. */
abstract class RolloutExamples {

  private final WasmModuleManager manager;

  RolloutExamples(WasmModuleManager manager) {
    this.manager = manager;
  }

  WasmRollout update(WasmModuleDescriptor registered) {
    WasmModuleDescriptor next =
        registered.toBuilder()
            .version("1.5.0")
            .location("oci:registry.example.org/prices:1.5.0")
            .settings(
                settings ->
                    settings.rollout(
                        rollout -> rollout.canaryShare(5).duration(Duration.ofMinutes(10))))
            .build();
    return this.manager.update("prices", WasmModuleManager.DEFAULT, next);
  }

  abstract void tell(String module, String what);

  @EventListener
  void rolledBack(WasmEvent.RolloutRolledBack event) {
    tell(event.module(), event.rejected() + " was rolled back: " + event.reason());
  }
}
