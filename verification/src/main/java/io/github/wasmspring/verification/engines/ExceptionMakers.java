package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.with;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What throws, and what catches in the form before that of the specification. */
final class ExceptionMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          with(WasmFeature.LEGACY_EXCEPTION_HANDLING, 2, ExceptionMakers::throwing),
          with(WasmFeature.LEGACY_EXCEPTION_HANDLING, 4, ExceptionMakers::throwIf),
          with(WasmFeature.LEGACY_EXCEPTION_HANDLING, 18, ExceptionMakers::tried),
          with(WasmFeature.LEGACY_EXCEPTION_HANDLING, 4, ExceptionMakers::rethrow));

  private static final int TRY = 0x06;
  private static final int CATCH = 0x07;
  private static final int THROW = 0x08;
  private static final int RETHROW = 0x09;
  private static final int END = 0x0b;
  private static final int DELEGATE = 0x18;
  private static final int CATCH_ALL = 0x19;

  private ExceptionMakers() {}

  static int anyTag(BodyMaker body) {
    return body.dice().below(body.module().tags().size());
  }

  static List<GuestType> carried(BodyMaker body, int tag) {
    return body.module().tags().get(tag).parameters();
  }

  static @Nullable InstructionTree throwing(BodyMaker body, List<GuestType> results, int depth) {
    return BranchMakers.isTooOften(body) ? null : thrown(body, results, depth);
  }

  private static InstructionTree thrown(BodyMaker body, List<GuestType> results, int depth) {
    int tag = anyTag(body);
    return InstructionTree.of(
        results,
        body.values(carried(body, tag), depth),
        (out, labels) -> out.octet(THROW).unsigned(tag));
  }

  static @Nullable InstructionTree throwIf(BodyMaker body, List<GuestType> results, int depth) {
    return results.isEmpty() ? throwIf(body, depth) : null;
  }

  /** A caller that catches it must see that the memory has grown. */
  private static InstructionTree throwIf(BodyMaker body, int depth) {
    InstructionTree thrown = thrown(body, List.of(), depth);
    return body.dice().oneIn(3)
        ? ControlMakers.onlyIf(body, depth, MemoryMakers.growth(body), thrown)
        : ControlMakers.onlyIf(body, depth, thrown);
  }

  private static InstructionTree tried(BodyMaker body, List<GuestType> results, int depth) {
    List<GuestType> parameters = ControlMakers.parameters(body);
    List<InstructionTree> operands = body.values(parameters, depth);
    BlockLabel around = around(body);
    BlockLabel label = new BlockLabel(results);
    List<List<InstructionTree>> bodies = new ArrayList<>();
    List<InstructionTree.Encoding> separators = new ArrayList<>();
    bodies.add(ControlMakers.inside(body, label, parameters, results, depth));
    if (body.dice().oneIn(2)) {
      bodies.get(0).add(0, throwIf(body, depth));
    }
    for (int i = body.dice().below(3); i > 0; i--) {
      int tag = anyTag(body);
      separators.add((out, labels) -> out.octet(CATCH).unsigned(tag));
      bodies.add(handler(body, label, carried(body, tag), depth));
    }
    if (body.dice().oneIn(3)) {
      separators.add((out, labels) -> out.octet(CATCH_ALL));
      bodies.add(handler(body, label, List.of(), depth));
    }
    boolean delegates = separators.isEmpty() && !body.dice().oneIn(4);
    return InstructionTree.block(
        results,
        operands,
        ControlMakers.opening(body, TRY, new GuestSignature(parameters, results)),
        label,
        bodies,
        separators,
        (out, labels) -> {
          if (delegates) {
            out.octet(DELEGATE).unsigned(labels.depth(around));
          } else {
            out.octet(END);
          }
        });
  }

  /** Where exceptions are delegated to: mostly near, where another block may catch them. */
  private static BlockLabel around(BodyMaker body) {
    List<BlockLabel> labels = body.labels().all();
    return body.dice().oneIn(3)
        ? body.dice().pick(labels)
        : labels.get(labels.size() - 1 - body.dice().below(Math.min(2, labels.size())));
  }

  private static List<InstructionTree> handler(
      BodyMaker body, BlockLabel label, List<GuestType> given, int depth) {
    body.labels().beginHandler(label);
    List<InstructionTree> code = ControlMakers.inside(body, label, given, label.types(), depth);
    body.labels().endHandler();
    return code;
  }

  private static @Nullable InstructionTree rethrow(
      BodyMaker body, List<GuestType> results, int depth) {
    List<BlockLabel> handlers = body.labels().handlers();
    if (handlers.isEmpty()) {
      return null;
    }
    BlockLabel handler = body.dice().pick(handlers);
    if (results.isEmpty() && !body.dice().oneIn(3)) {
      return ControlMakers.onlyIf(body, depth, rethrow(List.of(), handler));
    }
    return BranchMakers.isTooOften(body) ? null : rethrow(results, handler);
  }

  private static InstructionTree rethrow(List<GuestType> results, BlockLabel handler) {
    return InstructionTree.of(
        results, List.of(), (out, labels) -> out.octet(RETHROW).unsigned(labels.depth(handler)));
  }
}
