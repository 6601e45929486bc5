package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes valid modules of dice. */
final class RandomGuest {

  /** What modules are made of unless more is asked for. */
  static final Set<WasmFeature> FEATURES =
      EnumSet.of(
          WasmFeature.MUTABLE_GLOBALS,
          WasmFeature.SIGN_EXTENSION,
          WasmFeature.NONTRAPPING_FLOAT_TO_INT,
          WasmFeature.MULTI_VALUE,
          WasmFeature.BULK_MEMORY,
          WasmFeature.REFERENCE_TYPES);

  /** More than HotSpot would compile, so that the function is split. */
  private static final int BIG = 2500;

  private final Set<WasmFeature> features;
  private final CodeMakers makers;

  /**
   * @param features what instructions may belong to
   */
  RandomGuest(Set<WasmFeature> features) {
    this.features = features;
    this.makers = new CodeMakers(features);
  }

  /** The same for the same dice. */
  MadeModule make(Dice dice) {
    ModulePlan plan = new ModulePlan(dice, this.features);
    List<MadeModule.Body> bodies =
        plan.functions().stream()
            .map(each -> new BodyMaker(dice, plan, each.signature(), this.makers, budget(dice)))
            .map(BodyMaker::make)
            .toList();
    return new MadeModule(plan, bodies);
  }

  private static int budget(Dice dice) {
    return dice.oneIn(250) ? BIG : 5 + dice.below(dice.pick(List.of(10, 40, 100)));
  }
}
