package io.github.wasmspring.internal.split;

import io.github.wasmspring.binary.Opcode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out what it would take to make a function of a part of another one. */
final class RegionSize {

  /** At least one part in so many of a region is to be saved, or the call is not worth it. */
  private static final int SMALLEST_SHARE = 3;

  private static final int PER_INPUT = 2;
  private static final int ONE_EXIT = 6;
  private static final int TABLE = 18;
  private static final int PER_EXIT = 4;

  /** In the piece, which notes down by which exit it was left. */
  private static final int EXIT_OF_PIECE = 8;

  private final FunctionShape shape;
  private final Liveness liveness;
  private final int[] sums;
  private final CostModel costs;
  private final SplitLimits limits;

  RegionSize(FunctionShape shape, int[] sums, CostModel costs, SplitLimits limits) {
    this.shape = shape;
    this.liveness = Liveness.of(shape);
    this.sums = sums;
    this.costs = costs;
    this.limits = limits;
  }

  int size(int start, int end) {
    return this.sums[end] - this.sums[start];
  }

  /** The region, or {@code null} if it can't be one or nothing would be gained. */
  @Nullable Region measure(int start, int end, int mostExits) {
    int locals = this.shape.function().locals().size();
    BitSet read = new BitSet(locals);
    BitSet written = new BitSet(locals);
    Map<Integer, Integer> targets = new TreeMap<>();
    for (int i = start; i < end; i++) {
      Instruction instruction = this.shape.at(i);
      int opcode = instruction.opcode();
      if (StackEffects.isTailCall(opcode)) {
        return null;
      }
      if (instruction.isLocal()) {
        (opcode == Opcode.LOCAL_GET ? read : written).set(instruction.local());
      } else if (opcode == Opcode.RETURN) {
        targets.put(this.shape.depth(start), FunctionShape.FUNCTION);
      } else if (!instruction.labels().isEmpty()) {
        addExits(i, start, targets);
      }
      if (targets.size() > mostExits) {
        return null;
      }
    }
    return region(start, end, targets, read, written);
  }

  private void addExits(int branch, int start, Map<Integer, Integer> targets) {
    int inside = this.shape.depth(branch) - this.shape.depth(start);
    List<Integer> labels = this.shape.at(branch).labels();
    for (int k = 0; k < labels.size(); k++) {
      if (labels.get(k) >= inside) {
        targets.put(labels.get(k) - inside, this.shape.targets(branch)[k]);
      }
    }
  }

  private @Nullable Region region(
      int start, int end, Map<Integer, Integer> targets, BitSet read, BitSet written) {
    List<Exit> exits = new ArrayList<>();
    targets.forEach(
        (label, target) -> exits.add(new Exit(label, target, this.shape.labelTypes(target))));
    boolean falls = falls(start, end);
    BitSet outputs = new BitSet();
    written.stream().filter(local -> isReadAfter(local, end, falls, exits)).forEach(outputs::set);
    BitSet inputs = new BitSet();
    inputs.or(read);
    inputs.or(outputs);
    long[] live = this.liveness.before(start);
    BitSet dead = new BitSet();
    inputs.stream().filter(local -> !Liveness.has(live, local)).forEach(dead::set);
    inputs.andNot(dead);
    if (inputs.cardinality() > this.limits.mostLocals()
        || outputs.cardinality() > this.limits.mostLocals()) {
      return null;
    }
    int size = size(start, end);
    int saving = size - stub(inputs, outputs, exits, falls);
    int piece = size + EXIT_OF_PIECE * (exits.size() + outputs.cardinality());
    return saving * SMALLEST_SHARE >= size && piece <= this.limits.threshold()
        ? new Region(start, end, exits, falls, inputs, outputs, saving)
        : null;
  }

  private boolean falls(int start, int end) {
    int last = start;
    for (int i = start; i < end; i = this.shape.next(i)) {
      last = i;
    }
    return !StackEffects.terminates(this.shape.at(last).opcode());
  }

  private boolean isReadAfter(int local, int end, boolean falls, List<Exit> exits) {
    if (falls && Liveness.has(this.liveness.before(end), local)) {
      return true;
    }
    for (Exit exit : exits) {
      if (Liveness.has(this.liveness.atLabel(exit.target()), local)) {
        return true;
      }
    }
    return false;
  }

  private int stub(BitSet inputs, BitSet outputs, List<Exit> exits, boolean falls) {
    int carried = exits.stream().mapToInt(exit -> exit.values().size()).sum();
    int ends = exits.size() + (falls ? 1 : 0);
    int dispatch = ends > 2 ? TABLE + PER_EXIT * ends : ONE_EXIT * (ends - 1);
    return this.costs.callOfPiece()
        + PER_INPUT * inputs.cardinality()
        + this.costs.resultOfPiece() * (outputs.cardinality() + carried)
        + Math.max(0, dispatch);
  }
}
