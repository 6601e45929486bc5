package io.github.wasmspring.code;

import io.github.wasmspring.client.WasmModuleManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JavaScript of TypeScript, and JavaScript short. For many threads.
 *
 * <p>Where there is no instance of the module to be had, or a text ends one of its limits, a {@link
 * io.github.wasmspring.WasmException} says so.
 */
public final class CodeOptimizer {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int KEEP_NAMES = 1 << 16;

  private final CodeAnalysisOperations module;

  private CodeOptimizer(CodeAnalysisOperations module) {
    this.module = module;
  }

  /**
   * @param manager to whose modules the one of {@link CodeModule} belongs
   */
  public static CodeOptimizer of(WasmModuleManager manager) {
    Objects.requireNonNull(manager, "There is no manager");
    return new CodeOptimizer(manager.bind(CodeAnalysisOperations.class));
  }

  /** A module without types. */
  public String stripTypes(String text, CodeLanguage language) {
    return stripTypes(text, language, CodeParseOptions.Goal.MODULE);
  }

  /**
   * TypeScript with spaces in place of its types: what is left has the line and the column that it
   * had, so there is no need of a source map. JavaScript comes back as it is.
   *
   * @throws CodeException with the problems, if the text has errors of syntax ({@code SYNTAX}), or
   *     something that would have to be written anew: enumerations, namespaces with code,
   *     parameters that are properties, {@code import =}, {@code export =}, types in angle brackets
   *     ({@code UNSUPPORTED}); if the language has no types, or the text is too long
   */
  public String stripTypes(String text, CodeLanguage language, CodeParseOptions.Goal goal) {
    JsonNode answer =
        CodeAnswers.read(
            this.module.stripTypes(
                CodeParser.bytes(text), CodeParseOptions.DEFAULTS.withGoal(goal).bits(language)));
    valid(answer, "Types can't be taken away from a text");
    List<CodeProblem> refusals = CodeAnswers.problems(answer.get("refusals"));
    if (!refusals.isEmpty()) {
      throw new CodeException(
          CodeException.Reason.UNSUPPORTED,
          "Types can't just be taken away here, the first of %d problems: %s"
              .formatted(refusals.size(), refusals.get(0)),
          refusals,
          null);
    }
    return answer.get("code").asString();
  }

  /** A module, short. */
  public CodeOutput minify(String text, CodeLanguage language) {
    return minify(text, language, CodeMinifyOptions.DEFAULTS);
  }

  /**
   * The same program as short as it can be written: no white space and no comments, short names in
   * scopes that nobody sees from outside, constant expressions by their values, without branches
   * that are never taken and declarations that nobody uses. Of TypeScript the types go first; the
   * map leads to the text as it was given.
   *
   * @throws CodeException with the problems, if the text has errors of syntax ({@code SYNTAX}) or
   *     elements of JSX, or as {@link #stripTypes} does ({@code UNSUPPORTED}); if it is too long
   */
  public CodeOutput minify(String text, CodeLanguage language, CodeMinifyOptions options) {
    boolean typed = language == CodeLanguage.TYPESCRIPT || language == CodeLanguage.TSX;
    String script = typed ? stripTypes(text, language, options.goal()) : text;
    CodeLanguage plain =
        language == CodeLanguage.TYPESCRIPT
            ? CodeLanguage.JAVASCRIPT
            : language == CodeLanguage.TSX ? CodeLanguage.JSX : language;
    int bits =
        CodeParseOptions.DEFAULTS.withGoal(options.goal()).bits(plain)
            | (options.keepNames() ? KEEP_NAMES : 0);
    JsonNode answer = CodeAnswers.read(this.module.minify(CodeParser.bytes(script), bits));
    valid(answer, "A text can't be made short");
    if (answer.get("elements").asBoolean()) {
      throw new CodeException(
          CodeException.Reason.UNSUPPORTED,
          "JSX can't be made short as it is; have its elements made calls first");
    }
    ObjectNode map = JSON.createObjectNode();
    map.put("version", 3);
    map.putArray("sources").add("");
    map.set("names", answer.get("names"));
    map.set("mappings", answer.get("mappings"));
    return new CodeOutput(answer.get("code").asString(), JSON.writeValueAsString(map));
  }

  private static void valid(JsonNode answer, String what) {
    List<CodeProblem> problems = new ArrayList<>(CodeAnswers.problems(answer.get("problems")));
    if (!problems.isEmpty()) {
      throw new CodeException(
          CodeException.Reason.SYNTAX,
          "%s with errors of syntax, the first of %d: %s"
              .formatted(what, problems.size(), problems.get(0)),
          problems,
          null);
    }
  }
}
