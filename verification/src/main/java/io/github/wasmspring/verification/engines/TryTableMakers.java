package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;

/** Blocks that catch exceptions by branches to what is around them, also with a reference. */
final class TryTableMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          with(WasmFeature.EXCEPTION_HANDLING, 2, ExceptionMakers::throwing),
          with(WasmFeature.EXCEPTION_HANDLING, 4, ExceptionMakers::throwIf),
          with(WasmFeature.EXCEPTION_HANDLING, 10, TryTableMakers::tried));

  private static final int BLOCK = 0x02;
  private static final int THROW_REFERENCE = 0x0a;
  private static final int BRANCH = 0x0c;
  private static final int DROP = 0x1a;
  private static final int TRY_TABLE = 0x1f;
  private static final int WITH_REFERENCE = 1;
  private static final int OF_ANY_TAG = 2;

  private TryTableMakers() {}

  /** A block that goes on behind the handler, around a block whose end is the handler. */
  private static InstructionTree tried(BodyMaker body, List<GuestType> results, int depth) {
    boolean anyTag = body.dice().oneIn(3);
    boolean hasReference = body.dice().oneIn(3);
    int tag = ExceptionMakers.anyTag(body);
    List<GuestType> caught =
        new ArrayList<>(anyTag ? List.of() : ExceptionMakers.carried(body, tag));
    if (hasReference) {
      caught.add(GuestType.EXNREF);
    }
    int kind = (anyTag ? OF_ANY_TAG : 0) | (hasReference ? WITH_REFERENCE : 0);
    BlockLabel after = new BlockLabel(results);
    BlockLabel handler = new BlockLabel(caught);
    body.labels().open(after);
    body.labels().open(handler);
    InstructionTree table = table(body, results, clause(kind, tag, handler), depth);
    body.labels().close();
    InstructionTree leaving =
        InstructionTree.of(
            caught,
            List.of(table),
            (out, labels) -> out.octet(BRANCH).unsigned(labels.depth(after)));
    List<InstructionTree> code = new ArrayList<>();
    code.add(block(body, handler, List.of(leaving)));
    handle(body, code, caught, results, depth);
    body.labels().close();
    return block(body, after, code);
  }

  private static InstructionTree block(
      BodyMaker body, BlockLabel label, List<InstructionTree> code) {
    return InstructionTree.block(
        label.types(),
        List.of(),
        ControlMakers.opening(body, BLOCK, new GuestSignature(List.of(), label.types())),
        label,
        List.of(code));
  }

  private static InstructionTree.Encoding clause(int kind, int tag, BlockLabel handler) {
    return (out, labels) -> {
      out.unsigned(1).octet(kind);
      if (kind < OF_ANY_TAG) {
        out.unsigned(tag);
      }
      out.unsigned(labels.depth(handler));
    };
  }

  private static InstructionTree table(
      BodyMaker body, List<GuestType> results, InstructionTree.Encoding clause, int depth) {
    BlockLabel label = new BlockLabel(results);
    List<InstructionTree> code = ControlMakers.inside(body, label, List.of(), results, depth);
    InstructionTree.Encoding opening =
        ControlMakers.opening(body, TRY_TABLE, new GuestSignature(List.of(), results));
    return InstructionTree.block(
        results,
        List.of(),
        (out, labels) -> {
          opening.write(out, labels);
          clause.write(out, labels);
        },
        label,
        List.of(code));
  }

  /** Takes what was caught from the stack; a reference is thrown again at times. */
  private static void handle(
      BodyMaker body,
      List<InstructionTree> code,
      List<GuestType> caught,
      List<GuestType> results,
      int depth) {
    List<GuestType> values = caught;
    if (caught.contains(GuestType.EXNREF)) {
      values = caught.subList(0, caught.size() - 1);
      if (body.dice().oneIn(2)) {
        code.add(
            InstructionTree.of(results, List.of(), (out, labels) -> out.octet(THROW_REFERENCE)));
        return;
      }
      code.add(InstructionTree.of(List.of(), List.of(), (out, labels) -> out.octet(DROP)));
    }
    ControlMakers.finish(body, code, values, results, depth);
  }
}
