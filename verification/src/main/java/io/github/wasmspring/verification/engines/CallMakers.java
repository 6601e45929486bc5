package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;
import static io.github.wasmspring.verification.engines.CodeMaker.with;
import static io.github.wasmspring.verification.engines.GuestType.I32;

import io.github.wasmspring.binary.WasmFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls, also through tables, where elements are null or have another type at times. */
final class CallMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(
          often(5, CallMakers::direct),
          often(5, CallMakers::indirect),
          with(WasmFeature.TAIL_CALL, 5, CallMakers::tail),
          with(WasmFeature.TAIL_CALL, 4, CallMakers::indirectTail));

  private static final int CALL = 0x10;
  private static final int CALL_INDIRECT = 0x11;
  private static final int TAIL_CALL = 0x12;
  private static final int TAIL_CALL_INDIRECT = 0x13;

  private CallMakers() {}

  private static boolean fits(GuestSignature signature, List<GuestType> results) {
    return results.isEmpty() || signature.results().equals(results);
  }

  private static @Nullable InstructionTree direct(
      BodyMaker body, List<GuestType> results, int depth) {
    List<PlannedFunction> fitting =
        body.module().functions().stream()
            .filter(function -> fits(function.signature(), results))
            .toList();
    if (fitting.isEmpty()) {
      return null;
    }
    PlannedFunction function = body.dice().pick(fitting);
    return given(call(body, CALL, function, function.signature().results(), depth), results);
  }

  private static InstructionTree call(
      BodyMaker body, int opcode, PlannedFunction function, List<GuestType> results, int depth) {
    return InstructionTree.of(
        results,
        body.values(function.signature().parameters(), depth),
        (out, labels) -> out.octet(opcode).unsigned(function.index()));
  }

  /** Leaves the function for one that gives the same. */
  private static @Nullable InstructionTree tail(
      BodyMaker body, List<GuestType> results, int depth) {
    List<PlannedFunction> fitting =
        body.module().functions().stream()
            .filter(function -> canBeLast(body, function.signature()))
            .toList();
    return fitting.isEmpty() || isTooOften(body)
        ? null
        : call(body, TAIL_CALL, body.dice().pick(fitting), results, depth);
  }

  private static boolean canBeLast(BodyMaker body, GuestSignature signature) {
    return signature.results().equals(body.signature().results())
        && body.module().mayHave(ChicoryFault.TAIL_CALLS);
  }

  private static boolean isTooOften(BodyMaker body) {
    return body.labels().all().size() > 1 ? body.dice().oneIn(2) : BranchMakers.isTooOften(body);
  }

  /** Nothing stays on the stack after a statement. */
  private static InstructionTree given(InstructionTree call, List<GuestType> results) {
    return results.isEmpty() ? ValueMakers.dropped(call.results(), List.of(call)) : call;
  }

  private static @Nullable InstructionTree indirect(
      BodyMaker body, List<GuestType> results, int depth) {
    List<GuestSignature> signatures =
        body.module().signatures().stream().filter(each -> fits(each, results)).toList();
    if (signatures.isEmpty()) {
      return null;
    }
    GuestSignature signature = body.dice().pick(signatures);
    InstructionTree call = indirect(body, CALL_INDIRECT, signature, signature.results(), depth);
    return call == null ? null : given(call, results);
  }

  private static @Nullable InstructionTree indirectTail(
      BodyMaker body, List<GuestType> results, int depth) {
    List<GuestSignature> signatures =
        body.module().signatures().stream().filter(each -> canBeLast(body, each)).toList();
    return signatures.isEmpty() || isTooOften(body)
        ? null
        : indirect(body, TAIL_CALL_INDIRECT, body.dice().pick(signatures), results, depth);
  }

  private static @Nullable InstructionTree indirect(
      BodyMaker body, int opcode, GuestSignature signature, List<GuestType> results, int depth) {
    int table = body.dice().pick(tables(body));
    InstructionTree element = element(body, table, signature, depth);
    if (element == null) {
      return null;
    }
    List<InstructionTree> operands = new ArrayList<>(body.values(signature.parameters(), depth));
    operands.add(element);
    int type = body.module().type(signature);
    return InstructionTree.of(
        results, operands, (out, labels) -> out.octet(opcode).unsigned(type).unsigned(table));
  }

  private static List<Integer> tables(BodyMaker body) {
    return IntStream.range(0, body.module().tables().size())
        .filter(table -> body.module().tables().get(table).type() == GuestType.FUNCREF)
        .boxed()
        .toList();
  }

  /** Mostly the index of a function that has the type at first. */
  private static @Nullable InstructionTree element(
      BodyMaker body, int table, GuestSignature signature, int depth) {
    if (body.isWild()) {
      return body.dice().oneIn(2)
          ? Constants.tree(I32, body.dice().below(10))
          : body.value(I32, depth);
    }
    List<Integer> functions = body.module().tables().get(table).first();
    List<Integer> fitting =
        IntStream.range(0, functions.size())
            .filter(
                i ->
                    functions.get(i) >= 0
                        && body.module()
                            .functions()
                            .get(functions.get(i))
                            .signature()
                            .equals(signature))
            .boxed()
            .toList();
    return fitting.isEmpty() ? null : Constants.tree(I32, body.dice().pick(fitting));
  }
}
