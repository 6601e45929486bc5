package io.github.wasmspring.dashboard.view;

import io.github.wasmspring.module.WasmModuleSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The settings that are shown, as properties name them. Variables, arguments and directories of a
 * guest are not among them, for they may be secret.
 */
final class ModuleSettingList {

  /**
   * A setting.
   *
   * @param value for people
   */
  record Setting(String name, Function<WasmModuleSettings, String> value) {

    String group() {
      int dot = this.name.indexOf('.');
      return dot < 0 ? "module" : this.name.substring(0, dot);
    }
  }

  private static final String[] UNITS = {"B", "KB", "MB", "GB"};
  private static final int STEP = 1024;

  static final List<Setting> ALL = List.copyOf(new ModuleSettingList().list);

  private final List<Setting> list = new ArrayList<>();

  private ModuleSettingList() {
    name("execution-mode", WasmModuleSettings::executionMode);
    name("engine", WasmModuleSettings::engineMode);
    name("load", WasmModuleSettings::loadPolicy);
    name("load-priority", WasmModuleSettings::loadPriority);
    text("split-big-functions", settings -> settings.splitBigFunctions());
    time("check-interval", WasmModuleSettings::checkInterval);
    name("debug", WasmModuleSettings::debug);
    bytes("limits.memory", settings -> settings.limits().memory());
    time("limits.timeout", settings -> settings.limits().timeout());
    bytes("limits.stack", settings -> settings.limits().stack());
    bytes("limits.payload", settings -> settings.limits().payload());
    bytes("limits.output", settings -> settings.limits().output());
    text("limits.json-tokens", settings -> settings.limits().jsonTokens());
    text("limits.table-elements", settings -> settings.limits().tableElements());
    text("limits.functions", settings -> settings.limits().functions());
    time("limits.compile-timeout", settings -> settings.limits().compileTimeout());
    text("limits.guest-threads", settings -> settings.limits().guestThreads());
    text("pool.min", settings -> settings.pool().min());
    text("pool.max", settings -> settings.pool().max());
    time("pool.idle-time", settings -> settings.pool().idleTime());
    time("pool.borrow-timeout", settings -> settings.pool().borrowTimeout());
    text("pool.recycle-after", settings -> settings.pool().recycleAfter());
    bytes("pool.recycle-above", settings -> settings.pool().recycleAbove());
    text("pool.prepared", settings -> settings.pool().prepared());
    time("pool.max-session-time", settings -> settings.pool().maxSessionTime());
    name("pool.reset", settings -> settings.pool().reset());
    text("pool.prepare", settings -> Objects.requireNonNullElse(settings.pool().prepare(), ""));
    time("pool.prepare-timeout", settings -> settings.pool().prepareTimeout());
    text("retry.max-attempts", settings -> settings.retry().maxAttempts());
    time("retry.delay", settings -> settings.retry().delay());
    text("quarantine.failures", settings -> settings.quarantine().failures());
    time("quarantine.time", settings -> settings.quarantine().time());
    time("quarantine.max-time", settings -> settings.quarantine().maxTime());
    text("fallback.enabled", settings -> settings.fallback());
    text("threads.max", settings -> settings.threads().max());
    name("threads.priority", settings -> settings.threads().priority());
    text("imports", settings -> String.join(", ", settings.permissions().imports()));
    text("channels.publish", settings -> String.join(", ", settings.permissions().publish()));
  }

  private void text(String name, Function<WasmModuleSettings, Object> value) {
    this.list.add(new Setting(name, settings -> value.apply(settings).toString()));
  }

  private void name(String name, Function<WasmModuleSettings, Enum<?>> value) {
    text(name, settings -> value.apply(settings).name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private void bytes(String name, ToLongFunction<WasmModuleSettings> value) {
    text(name, settings -> size(value.applyAsLong(settings)));
  }

  private void time(String name, Function<WasmModuleSettings, Duration> value) {
    text(name, settings -> duration(value.apply(settings)));
  }

  /** As a property could say it. */
  static String size(long bytes) {
    long value = bytes;
    int unit = 0;
    while (value != 0 && value % STEP == 0 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return value + UNITS[unit];
  }

  /** As a property could say it. */
  static String duration(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos % 1_000_000 != 0) {
      return nanos + "ns";
    }
    long millis = nanos / 1_000_000;
    if (millis == 0) {
      return "0s";
    }
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1_000;
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
