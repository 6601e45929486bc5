package io.github.wasmspring.internal.engine;

import io.github.wasmspring.WasmErrorCategory;
import io.github.wasmspring.WasmLoadException;
import io.github.wasmspring.binary.ModuleFeatures;
import io.github.wasmspring.binary.WasmFeature;
import io.github.wasmspring.engine.WasmEngine;
import io.github.wasmspring.module.WasmEngineMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets only those modules in whose features an engine has. */
public final class FeatureGate {

  private static final String MOST_ABLE = "jvm";

  /** What the engine that has most does not have either. */
  public static final Set<WasmFeature> NOWHERE =
      Collections.unmodifiableSet(EnumSet.of(WasmFeature.GC, WasmFeature.STACK_SWITCHING));

  private FeatureGate() {}

  /**
   * @return the features of the module
   * @throws WasmLoadException {@code INVALID} if there is one that the engine does not have
   */
  public static Set<WasmFeature> check(
      WasmEngine engine, WasmEngineMode mode, ModuleFeatures features) {
    String reason = reason(engine, mode, features);
    if (reason != null) {
      throw new WasmLoadException(WasmErrorCategory.INVALID, reason, null);
    }
    return features.all();
  }

  /** Why {@link #check} refuses a module, {@code null} if it does not. */
  public static @Nullable String reason(
      WasmEngine engine, WasmEngineMode mode, ModuleFeatures features) {
    Set<WasmFeature> missing = EnumSet.noneOf(WasmFeature.class);
    missing.addAll(features.all());
    missing.removeAll(engine.features(mode));
    if (missing.isEmpty()) {
      return null;
    }
    String needs =
        features.uses().entrySet().stream()
            .filter(use -> missing.contains(use.getKey()))
            .map(
                use ->
                    "%s (first in %s)".formatted(use.getKey().title(), use.getValue().describe()))
            .collect(Collectors.joining(" and "));
    String advice =
        missing.stream()
            .map(WasmFeature::howToAvoid)
            .distinct()
            .collect(Collectors.joining("; and "));
    return "the module needs %s, which %s; %s"
        .formatted(needs, whoCan(engine, mode, features.all(), missing), advice);
  }

  private static String whoCan(
      WasmEngine engine, WasmEngineMode mode, Set<WasmFeature> needed, Set<WasmFeature> missing) {
    return Arrays.stream(WasmEngineMode.values())
        .filter(other -> engine.features(other).containsAll(needed))
        .findFirst()
        .map(
            other ->
                "the engine %s has not in the mode %s: set engine to %s"
                    .formatted(engine.name(), name(mode), name(other)))
        .orElseGet(() -> whoElse(engine.name(), missing));
  }

  private static String whoElse(String engine, Set<WasmFeature> missing) {
    return engine.equals(MOST_ABLE) || missing.stream().anyMatch(NOWHERE::contains)
        ? "no engine here has"
        : "the engine %s has not, and the engine %s has: set wasm.engine.name to %s"
            .formatted(engine, MOST_ABLE, MOST_ABLE);
  }

  private static String name(WasmEngineMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
