package io.github.wasmspring.verification.engines;

import static io.github.wasmspring.verification.engines.CodeMaker.often;
import static io.github.wasmspring.verification.engines.GuestType.I32;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls, also through tables, where elements are null or have another type at times. */
final class CallMakers {

  static final List<CodeMaker.Kind> KINDS =
      List.of(often(5, CallMakers::direct), often(5, CallMakers::indirect));

  private CallMakers() {}

  private static boolean fits(GuestSignature signature, List<GuestType> results) {
    return results.isEmpty() || signature.results().equals(results);
  }

  private static @Nullable CodeTree direct(BodyMaker body, List<GuestType> results, int depth) {
    List<PlannedFunction> fitting =
        body.module().functions().stream()
            .filter(function -> fits(function.signature(), results))
            .toList();
    if (fitting.isEmpty()) {
      return null;
    }
    PlannedFunction function = body.dice().pick(fitting);
    CodeTree call =
        CodeTree.of(
            function.signature().results(),
            body.values(function.signature().parameters(), depth),
            (out, labels) -> out.octet(0x10).unsigned(function.index()));
    return given(call, results);
  }

  /** Nothing stays on the stack after a statement. */
  private static CodeTree given(CodeTree call, List<GuestType> results) {
    return results.isEmpty() ? ValueMakers.dropped(call.results(), List.of(call)) : call;
  }

  private static @Nullable CodeTree indirect(BodyMaker body, List<GuestType> results, int depth) {
    List<GuestSignature> signatures =
        body.module().signatures().stream().filter(each -> fits(each, results)).toList();
    List<Integer> tables = tables(body);
    if (signatures.isEmpty()) {
      return null;
    }
    GuestSignature signature = body.dice().pick(signatures);
    int table = body.dice().pick(tables);
    CodeTree element = element(body, table, signature, depth);
    if (element == null) {
      return null;
    }
    List<CodeTree> operands = new ArrayList<>(body.values(signature.parameters(), depth));
    operands.add(element);
    int type = body.module().type(signature);
    CodeTree call =
        CodeTree.of(
            signature.results(),
            operands,
            (out, labels) -> out.octet(0x11).unsigned(type).unsigned(table));
    return given(call, results);
  }

  private static List<Integer> tables(BodyMaker body) {
    return IntStream.range(0, body.module().tables().size())
        .filter(table -> body.module().tables().get(table).type() == GuestType.FUNCREF)
        .boxed()
        .toList();
  }

  /** Mostly the index of a function that has the type at first. */
  private static @Nullable CodeTree element(
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
