package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All kinds of code. Those of further features are added to the lists. */
final class CodeMakers {

  private static final int ATTEMPTS = 8;

  private final List<CodeMaker.Kind> kinds = new ArrayList<>();
  private final PlainInstructions instructions;
  private final int weight;

  CodeMakers(Set<WasmFeature> features) {
    this.instructions = new PlainInstructions(features);
    this.kinds.addAll(ValueMakers.KINDS);
    this.kinds.addAll(MemoryMakers.KINDS);
    this.kinds.addAll(BulkMemoryMakers.KINDS);
    this.kinds.addAll(AtomicMakers.KINDS);
    this.kinds.addAll(VectorMakers.KINDS);
    this.kinds.addAll(VectorMemoryMakers.KINDS);
    this.kinds.addAll(TableMakers.KINDS);
    this.kinds.addAll(ControlMakers.KINDS);
    this.kinds.addAll(BranchMakers.KINDS);
    this.kinds.addAll(CallMakers.KINDS);
    this.kinds.addAll(ExceptionMakers.KINDS);
    this.kinds.addAll(TryTableMakers.KINDS);
    this.kinds.removeIf(kind -> kind.feature() != null && !features.contains(kind.feature()));
    this.weight = this.kinds.stream().mapToInt(CodeMaker.Kind::weight).sum();
  }

  PlainInstructions instructions() {
    return this.instructions;
  }

  InstructionTree make(BodyMaker body, List<GuestType> results, int depth) {
    for (int i = 0; i < ATTEMPTS; i++) {
      InstructionTree made = pick(body.dice()).make(body, results, depth);
      if (made != null) {
        return made;
      }
    }
    return ValueMakers.simplest(body, results);
  }

  private CodeMaker pick(Dice dice) {
    int rest = dice.below(this.weight);
    for (CodeMaker.Kind kind : this.kinds) {
      rest -= kind.weight();
      if (rest < 0) {
        return kind.maker();
      }
    }
    throw new IllegalStateException("The weights are more than their sum");
  }
}
