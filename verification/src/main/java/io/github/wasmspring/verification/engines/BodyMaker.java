package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.ModulePlan.FUEL;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;

/** Makes the body of a function, of what its makers make; they come back here for operands. */
final class BodyMaker {

  private static final int DEEPEST = 9;

  private final Dice dice;
  private final ModulePlan module;
  private final GuestSignature signature;
  private final CodeMakers makers;
  private final BodyLocals locals;
  private final OpenLabels labels = new OpenLabels();
  private int budget;

  /**
   * @param budget about how many instructions it has
   */
  BodyMaker(Dice dice, ModulePlan module, GuestSignature signature, CodeMakers makers, int budget) {
    this.dice = dice;
    this.module = module;
    this.signature = signature;
    this.makers = makers;
    this.budget = budget;
    this.locals =
        new BodyLocals(
            signature.parameters(),
            module.someTypes(dice.oneIn(10) ? 30 : 8),
            module.has(WasmFeature.SIMD));
  }

  MadeModule.Body make() {
    BlockLabel function = new BlockLabel(this.signature.results());
    this.labels.open(function);
    List<InstructionTree> code = new ArrayList<>(List.of(burn()));
    do {
      code.add(statement(0));
    } while (this.budget > 0);
    code.addAll(values(this.signature.results(), 2));
    this.labels.close();
    return new MadeModule.Body(this.locals.declared(), function, code);
  }

  Dice dice() {
    return this.dice;
  }

  ModulePlan module() {
    return this.module;
  }

  GuestSignature signature() {
    return this.signature;
  }

  BodyLocals locals() {
    return this.locals;
  }

  /** The blocks that code made now is in, the outermost, which is the function, first. */
  OpenLabels labels() {
    return this.labels;
  }

  PlainInstructions instructions() {
    return this.makers.instructions();
  }

  /** Whether to leave an instruction to trap where it must. */
  boolean isWild() {
    return this.dice.below(100) < this.module.wildness();
  }

  private InstructionTree make(List<GuestType> results, int depth) {
    this.budget--;
    if (this.budget <= 0 || depth > DEEPEST) {
      return ValueMakers.simplest(this, results);
    }
    return this.makers.make(this, results, depth);
  }

  InstructionTree statement(int depth) {
    return make(List.of(), depth + 1);
  }

  void statements(List<InstructionTree> code, int most, int depth) {
    for (int i = this.dice.below(most + 1); i > 0; i--) {
      code.add(statement(depth));
    }
  }

  InstructionTree value(GuestType type, int depth) {
    return make(List.of(type), depth + 1);
  }

  /** Code that leaves these on the stack, with statements between at times. */
  List<InstructionTree> values(List<GuestType> types, int depth) {
    List<InstructionTree> values = new ArrayList<>();
    if (types.size() > 1 && this.dice.oneIn(5)) {
      values.add(make(types, depth + 1));
      return values;
    }
    for (GuestType type : types) {
      if (this.dice.oneIn(12)) {
        values.add(statement(depth + 1));
      }
      values.add(value(type, depth));
    }
    return values;
  }

  /** Counts the fuel down; leaves the function when there is none. */
  InstructionTree burn() {
    return InstructionTree.of(
            List.of(),
            List.of(),
            (out, open) -> {
              out.octet(0x23).unsigned(FUEL).octet(0x45).octet(0x04).octet(0x40);
              Constants.zeros(out, this.signature.results());
              out.octet(0x0f).octet(0x0b);
              out.octet(0x23).unsigned(FUEL).octet(0x41).signed(1).octet(0x6b);
              out.octet(0x24).unsigned(FUEL);
            })
        .fixed();
  }
}
