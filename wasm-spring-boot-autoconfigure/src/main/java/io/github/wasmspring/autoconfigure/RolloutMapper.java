package io.github.wasmspring.autoconfigure;

import io.github.wasmspring.module.WasmModuleSettings;
import io.github.wasmspring.module.WasmRolloutSettings;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** How other code takes the place of a module, from properties. */
final class RolloutMapper {

  private RolloutMapper() {}

  /**
   * @param in names the properties
   */
  static void map(RolloutProperties from, SettingsMapper in, WasmModuleSettings.Builder settings) {
    RolloutProperties.Probe probe = from.getProbe();
    in.map("probe.operation", probe.getOperation(), on(settings, (to, it) -> to.probe(it)));
    in.map("probe.input", probe.getInput(), on(settings, (to, it) -> to.probeInput(it)));
    in.map("probe.expected", probe.getExpected(), on(settings, (to, it) -> to.probeExpected(it)));
    RolloutProperties.Canary canary = from.getCanary();
    in.map("canary.share", canary.getShare(), on(settings, (to, it) -> to.canaryShare(it.value())));
    in.map("canary.header", canary.getHeader(), on(settings, (to, it) -> to.canaryHeader(it)));
    in.map(
        "canary.principals",
        canary.getPrincipals(),
        on(settings, (to, it) -> to.canaryPrincipals(it)));
    in.map("duration", from.getDuration(), on(settings, (to, it) -> to.duration(it)));
    in.map("min-calls", from.getMinCalls(), on(settings, (to, it) -> to.minCalls(it)));
    in.map("error-factor", from.getErrorFactor(), on(settings, (to, it) -> to.errorFactor(it)));
    in.map(
        "latency-factor", from.getLatencyFactor(), on(settings, (to, it) -> to.latencyFactor(it)));
    in.map("drain", from.getDrain(), on(settings, (to, it) -> to.drain(it)));
  }

  private static <V> Consumer<V> on(
      WasmModuleSettings.Builder settings, BiConsumer<WasmRolloutSettings.Builder, V> setter) {
    return value -> settings.rollout(rollout -> setter.accept(rollout, value));
  }
}
