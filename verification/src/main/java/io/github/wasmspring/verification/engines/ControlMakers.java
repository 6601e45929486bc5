package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;

import io.github.wasmspring.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/** Blocks, loops and conditions, with parameters and results. */
final class ControlMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          often(6, ControlMakers::block),
          often(6, ControlMakers::loop),
          often(8, ControlMakers::choice));

  private static final int BLOCK = 0x02;
  private static final int LOOP = 0x03;
  private static final int IF = 0x04;
  private static final int EMPTY = 0x40;

  private ControlMakers() {}

  static List<GuestType> parameters(BodyMaker body) {
    return body.module().hasBlockParameters() && body.dice().oneIn(2)
        ? body.module().someTypes(3)
        : List.of();
  }

  static InstructionTree.Encoding opening(BodyMaker body, int opcode, GuestSignature signature) {
    List<GuestType> results = signature.results();
    boolean one = signature.parameters().isEmpty() && results.size() == 1;
    if (signature.equals(GuestSignature.NOTHING) || one && !body.dice().oneIn(5)) {
      int type = one ? results.get(0).code() : EMPTY;
      return (out, labels) -> out.octet(opcode).octet(type);
    }
    if (!signature.parameters().isEmpty()) {
      body.module().mayHave(ChicoryFault.BLOCK_PARAMETERS);
    }
    int type = body.module().type(signature);
    return (out, labels) -> out.octet(opcode).signed(type);
  }

  private static InstructionTree block(BodyMaker body, List<GuestType> results, int depth) {
    List<GuestType> parameters = parameters(body);
    List<InstructionTree> operands = body.values(parameters, depth);
    BlockLabel label = new BlockLabel(results);
    List<InstructionTree> code = inside(body, label, parameters, results, depth);
    return InstructionTree.block(
        results,
        operands,
        opening(body, BLOCK, new GuestSignature(parameters, results)),
        label,
        List.of(code));
  }

  /** The code of a block that begins with the parameters on the stack. */
  static List<InstructionTree> inside(
      BodyMaker body,
      BlockLabel label,
      List<GuestType> parameters,
      List<GuestType> results,
      int depth) {
    body.labels().open(label);
    List<InstructionTree> code = new ArrayList<>();
    finish(body, code, parameters, results, depth);
    body.labels().close();
    return code;
  }

  /** Makes results of what is on the stack, or leaves it there as the first of them. */
  static void finish(
      BodyMaker body,
      List<InstructionTree> code,
      List<GuestType> given,
      List<GuestType> results,
      int depth) {
    boolean fits = given.size() <= results.size() && results.subList(0, given.size()).equals(given);
    if (fits && (given.isEmpty() || body.dice().oneIn(2))) {
      body.statements(code, 3, depth);
      code.addAll(body.values(results.subList(given.size(), results.size()), depth));
      return;
    }
    take(body, code, given);
    body.statements(code, 3, depth);
    code.addAll(body.values(results, depth));
  }

  /** Puts what is on the stack into variables. */
  private static void take(BodyMaker body, List<InstructionTree> code, List<GuestType> given) {
    for (int i = given.size() - 1; i >= 0; i--) {
      List<Integer> locals = body.locals().of(given.get(i));
      int local = locals.isEmpty() ? -1 : body.dice().pick(locals);
      code.add(InstructionTree.of(List.of(), List.of(), (out, labels) -> take(out, local)));
    }
  }

  private static void take(ByteWriter out, int local) {
    if (local < 0) {
      out.octet(0x1a);
    } else {
      out.octet(0x21).unsigned(local);
    }
  }

  private static InstructionTree loop(BodyMaker body, List<GuestType> results, int depth) {
    List<GuestType> parameters = parameters(body);
    List<InstructionTree> operands = body.values(parameters, depth);
    BlockLabel label = new BlockLabel(parameters);
    body.labels().open(label);
    List<InstructionTree> code = new ArrayList<>();
    code.add(body.burn());
    take(body, code, parameters);
    body.statements(code, 4, depth);
    if (!body.dice().oneIn(4)) {
      code.addAll(body.values(parameters, depth));
      code.add(ValueMakers.condition(body, depth));
      code.add(
          InstructionTree.of(
              List.of(),
              List.of(),
              (out, labels) -> out.octet(0x0d).unsigned(labels.depth(label))));
      finish(body, code, parameters, results, depth);
    } else {
      code.addAll(body.values(results, depth));
    }
    body.labels().close();
    return InstructionTree.block(
        results,
        operands,
        opening(body, LOOP, new GuestSignature(parameters, results)),
        label,
        List.of(code));
  }

  /** Code that runs on a condition. */
  static InstructionTree onlyIf(BodyMaker body, int depth, InstructionTree... code) {
    return InstructionTree.block(
        List.of(),
        List.of(ValueMakers.condition(body, depth)),
        opening(body, IF, GuestSignature.NOTHING),
        new BlockLabel(List.of()),
        List.of(List.of(code)));
  }

  private static InstructionTree choice(BodyMaker body, List<GuestType> results, int depth) {
    List<GuestType> parameters = parameters(body);
    if (!parameters.isEmpty() && body.dice().oneIn(3)) {
      parameters = results;
    }
    List<InstructionTree> operands = new ArrayList<>(body.values(parameters, depth));
    operands.add(ValueMakers.condition(body, depth));
    BlockLabel label = new BlockLabel(results);
    List<List<InstructionTree>> bodies = new ArrayList<>();
    bodies.add(inside(body, label, parameters, results, depth));
    if (!parameters.equals(results) || body.dice().oneIn(2)) {
      bodies.add(inside(body, label, parameters, results, depth));
    }
    return InstructionTree.block(
        results,
        operands,
        opening(body, IF, new GuestSignature(parameters, results)),
        label,
        bodies);
  }
}
