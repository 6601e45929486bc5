package io.github.wasmspring.code;

import io.github.wasmspring.code.CodeScopes.Binding;
import io.github.wasmspring.code.CodeScopes.BindingKind;
import io.github.wasmspring.code.CodeScopes.Reference;
import io.github.wasmspring.code.CodeScopes.Scope;
import io.github.wasmspring.code.CodeScopes.ScopeKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the module has answered. */
final class CodeAnswers {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final ScopeKind[] SCOPES = ScopeKind.values();
  private static final BindingKind[] BINDINGS = BindingKind.values();
  private static final CodeProblem.Severity[] SEVERITIES = CodeProblem.Severity.values();

  private CodeAnswers() {}

  static JsonNode read(byte[] answer) {
    return JSON.readTree(answer);
  }

  static CodeScopes scopes(byte[] answer, String text) {
    JsonNode root = read(answer);
    List<Scope> scopes = new ArrayList<>();
    for (JsonNode each : root.get("scopes")) {
      Scope parent = scopes.isEmpty() ? null : scopes.get(each.get(3).asInt());
      scopes.add(
          new Scope(SCOPES[each.get(0).asInt()], range(each, 1), parent, each.get(4).asInt() == 1));
    }
    List<Binding> bindings = new ArrayList<>();
    for (JsonNode each : root.get("bindings")) {
      List<CodeRange> definitions = new ArrayList<>();
      for (int at = 5; at < each.size(); at += 3) {
        definitions.add(range(each, at));
      }
      int meaning = each.get(2).asInt();
      bindings.add(
          new Binding(
              each.get(3).asString(),
              BINDINGS[each.get(1).asInt()],
              scopes.get(each.get(0).asInt()),
              List.copyOf(definitions),
              (meaning & 1) != 0,
              (meaning & 2) != 0));
    }
    List<Reference> references = new ArrayList<>();
    for (JsonNode each : root.get("references")) {
      int flags = each.get(3).asInt();
      int binding = each.get(4).asInt();
      CodeRange range = range(each, 1);
      references.add(
          new Reference(
              binding < 0 ? range.of(text) : bindings.get(binding).name(),
              range,
              scopes.get(each.get(0).asInt()),
              (flags & 1) != 0,
              (flags & 2) != 0,
              (flags & 8) != 0,
              (flags & 4) != 0,
              binding < 0 ? null : bindings.get(binding)));
    }
    return new CodeScopes(scopes, bindings, references);
  }

  private static CodeRange range(JsonNode numbers, int at) {
    return new CodeRange(numbers.get(at).asInt(), numbers.get(at + 1).asInt());
  }

  static CodeRange range(JsonNode node) {
    return new CodeRange(node.get("start").asInt(), node.get("end").asInt());
  }

  /** Errors of syntax. */
  static List<CodeProblem> problems(JsonNode list) {
    List<CodeProblem> problems = new ArrayList<>();
    for (JsonNode each : list) {
      problems.add(problem(each, CodeProblem.Severity.ERROR, List.of()));
    }
    return problems;
  }

  /** Something suspicious, with edits that mend it. */
  static CodeProblem finding(JsonNode node) {
    List<CodeEdit> fixes = new ArrayList<>();
    for (JsonNode fix : node.get("fixes")) {
      fixes.add(new CodeEdit(range(fix), fix.get("text").asString()));
    }
    return problem(node, SEVERITIES[node.get("severity").asInt()], fixes);
  }

  private static CodeProblem problem(
      JsonNode node, CodeProblem.Severity severity, List<CodeEdit> fixes) {
    return new CodeProblem(
        severity,
        node.get("code").asString(),
        node.get("message").asString(),
        range(node),
        node.get("line").asInt(),
        node.get("column").asInt() + 1,
        fixes);
  }
}
