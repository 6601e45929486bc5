package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What some modules have besides the usual, few at a time so that one of the others has it, too.
 */
final class FurtherFeatures {

  /** What Node 20 lacks. */
  static final List<WasmFeature> OF_CHICORY =
      List.of(WasmFeature.MULTI_MEMORY, WasmFeature.EXCEPTION_HANDLING);

  /** What Chicory lacks, or is not asked about. */
  static final List<WasmFeature> OF_NODE =
      List.of(
          WasmFeature.TAIL_CALL,
          WasmFeature.LEGACY_EXCEPTION_HANDLING,
          WasmFeature.MEMORY64,
          WasmFeature.SIMD);

  private static final List<WasmFeature> ALL =
      List.of(
          WasmFeature.MULTI_MEMORY,
          WasmFeature.TAIL_CALL,
          WasmFeature.LEGACY_EXCEPTION_HANDLING,
          WasmFeature.EXCEPTION_HANDLING,
          WasmFeature.THREADS,
          WasmFeature.MEMORY64,
          WasmFeature.SIMD);

  private FurtherFeatures() {}

  /** Those that are not usual. */
  static Set<WasmFeature> of(Set<WasmFeature> features) {
    Set<WasmFeature> further = EnumSet.copyOf(features);
    further.removeAll(RandomGuest.FEATURES);
    return further;
  }

  /** None, one or two. */
  static Set<WasmFeature> some(Dice dice) {
    Set<WasmFeature> features = EnumSet.noneOf(WasmFeature.class);
    if (dice.oneIn(3)) {
      return features;
    }
    features.add(dice.pick(ALL));
    if (dice.oneIn(2)) {
      WasmFeature second = dice.pick(ALL);
      features.add(second);
      if (!Collections.disjoint(features, OF_CHICORY) && !Collections.disjoint(features, OF_NODE)) {
        features.remove(second);
      }
    }
    return features;
  }
}
