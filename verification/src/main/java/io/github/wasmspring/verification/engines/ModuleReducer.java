package io.github.wasmspring.verification.engines;

import io.github.wasmspring.binary.ModuleFacts;
import io.github.wasmspring.binary.WasmBinaryException;
import io.github.wasmspring.validate.ModuleValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Takes from a module and its calls what does not matter to a difference. */
final class ModuleReducer {

  private static final long LONGEST_SECONDS = 120;

  private final MadeModule module;
  private final Predicate<GuestRun> differs;
  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
  private List<PlannedCall> calls;

  /**
   * @param module is changed
   * @param differs whether a run shows the difference still
   */
  ModuleReducer(MadeModule module, List<PlannedCall> calls, Predicate<GuestRun> differs) {
    this.module = module;
    this.calls = calls;
    this.differs = differs;
  }

  /** What is left after two minutes at most. */
  GuestRun reduce() {
    boolean smaller = true;
    while (smaller && System.nanoTime() < this.end) {
      smaller = reduceCalls();
      for (MadeModule.Body body : this.module.bodies()) {
        smaller |= reduce(body.code());
      }
    }
    return new GuestRun(this.module.toBytes(), this.calls);
  }

  private boolean holds() {
    if (System.nanoTime() > this.end) {
      return false;
    }
    try {
      byte[] bytes = this.module.toBytes();
      ModuleValidator.validate(bytes, ModuleFacts.of(bytes));
      return this.differs.test(new GuestRun(bytes, this.calls));
    } catch (WasmBinaryException | IllegalStateException invalid) {
      return false;
    }
  }

  private boolean reduceCalls() {
    boolean smaller = false;
    for (int piece = this.calls.size(); piece > 0; piece /= 2) {
      for (int start = this.calls.size() - piece; start >= 0; start -= piece) {
        List<PlannedCall> before = this.calls;
        this.calls =
            Stream.concat(
                    before.subList(0, start).stream(),
                    before.subList(start + piece, before.size()).stream())
                .toList();
        if (!this.calls.isEmpty() && holds()) {
          smaller = true;
        } else {
          this.calls = before;
        }
      }
    }
    return smaller;
  }

  private boolean reduce(List<InstructionTree> code) {
    boolean smaller = false;
    for (int i = code.size() - 1; i >= 0; i--) {
      if (!code.get(i).isFixed() && replace(code, i)) {
        smaller = true;
      }
      // What is left of it may be less.
      if (i < code.size()) {
        for (List<InstructionTree> part : code.get(i).parts()) {
          smaller |= reduce(part);
        }
      }
    }
    return smaller;
  }

  /** Puts something smaller in the place of an instruction. */
  private boolean replace(List<InstructionTree> code, int position) {
    InstructionTree tree = code.get(position);
    for (List<InstructionTree> candidate : candidates(tree)) {
      List<InstructionTree> before = new ArrayList<>(code);
      code.remove(position);
      code.addAll(position, candidate);
      if (holds()) {
        return true;
      }
      code.clear();
      code.addAll(before);
    }
    return false;
  }

  private static List<List<InstructionTree>> candidates(InstructionTree tree) {
    List<List<InstructionTree>> candidates = new ArrayList<>();
    List<InstructionTree> constants =
        tree.results().stream().map(type -> Constants.tree(type, 0)).toList();
    boolean isConstant = tree.parts().size() == 1 && tree.parts().get(0).isEmpty();
    if (!isConstant || tree.results().isEmpty()) {
      candidates.add(constants);
    }
    for (List<InstructionTree> part : tree.parts()) {
      if (!part.isEmpty()) {
        candidates.add(List.copyOf(part));
        part.stream()
            .filter(each -> each.results().equals(tree.results()))
            .forEach(each -> candidates.add(List.of(each)));
      }
    }
    return candidates;
  }
}
