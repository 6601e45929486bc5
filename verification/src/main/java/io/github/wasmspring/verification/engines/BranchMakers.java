package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;
import static io.github.wasmspring.verification.engines.GuestType.I32;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes elsewhere. After most of it nothing is reached, and the stack has any type. */
final class BranchMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          often(5, BranchMakers::branchIf),
          often(1, BranchMakers::branch),
          often(1, BranchMakers::branchTable),
          often(1, BranchMakers::giveBack),
          often(1, BranchMakers::unreachable));

  private static final int SELDOM = 3;

  private BranchMakers() {}

  private static BlockLabel anyLabel(BodyMaker body) {
    return body.dice().pick(body.labels().all());
  }

  private static @Nullable InstructionTree branchIf(
      BodyMaker body, List<GuestType> results, int depth) {
    BlockLabel label = anyLabel(body);
    List<GuestType> types = label.types();
    if (!results.isEmpty() && !results.equals(types)) {
      return null;
    }
    List<InstructionTree> operands = new ArrayList<>(body.values(types, depth));
    operands.add(ValueMakers.condition(body, depth));
    InstructionTree branch =
        InstructionTree.of(
            types, operands, (out, labels) -> out.octet(0x0d).unsigned(labels.depth(label)));
    return results.isEmpty() ? ValueMakers.dropped(types, List.of(branch)) : branch;
  }

  /** Most of what is unreachable would be made in vain, and so these are kept seldom. */
  static boolean isTooOften(BodyMaker body) {
    return !body.dice().oneIn(SELDOM);
  }

  private static @Nullable InstructionTree branch(
      BodyMaker body, List<GuestType> results, int depth) {
    if (isTooOften(body)) {
      return null;
    }
    BlockLabel label = anyLabel(body);
    return InstructionTree.of(
        results,
        body.values(label.types(), depth),
        (out, labels) -> out.octet(0x0c).unsigned(labels.depth(label)));
  }

  private static @Nullable InstructionTree branchTable(
      BodyMaker body, List<GuestType> results, int depth) {
    if (isTooOften(body)) {
      return null;
    }
    BlockLabel first = anyLabel(body);
    List<BlockLabel> fitting =
        body.labels().all().stream().filter(each -> each.types().equals(first.types())).toList();
    List<BlockLabel> targets = new ArrayList<>(body.dice().some(fitting, 5));
    List<InstructionTree> operands = new ArrayList<>(body.values(first.types(), depth));
    operands.add(
        body.dice().oneIn(3) ? body.value(I32, depth) : ValueMakers.masked(body, I32, 7, depth));
    return InstructionTree.of(
        results,
        operands,
        (out, labels) -> {
          out.octet(0x0e).unsigned(targets.size());
          targets.forEach(each -> out.unsigned(labels.depth(each)));
          out.unsigned(labels.depth(first));
        });
  }

  private static @Nullable InstructionTree giveBack(
      BodyMaker body, List<GuestType> results, int depth) {
    return isTooOften(body)
        ? null
        : InstructionTree.of(
            results,
            body.values(body.signature().results(), depth),
            (out, labels) -> out.octet(0x0f));
  }

  private static @Nullable InstructionTree unreachable(
      BodyMaker body, List<GuestType> results, int depth) {
    return body.isWild() && !isTooOften(body)
        ? InstructionTree.of(results, List.of(), (out, labels) -> out.octet(0x00))
        : null;
  }
}
