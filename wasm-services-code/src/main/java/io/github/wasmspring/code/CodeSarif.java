package io.github.wasmspring.code;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Problems as SARIF 2.1.0 (OASIS), which GitHub, GitLab, Azure DevOps and editors show beside the
 * code.
 */
public final class CodeSarif {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private CodeSarif() {}

  /**
   * One run with all problems.
   *
   * @param reports by the paths of the files, relative to the root of the project, with {@code /}
   * @return the file as JSON
   */
  public static String of(Map<String, CodeReport> reports) {
    Map<String, List<CodeProblem>> problems = new LinkedHashMap<>();
    reports.forEach((path, report) -> problems.put(path, report.problems()));
    return ofProblems(problems);
  }

  /** The same of problems, whoever has found them. */
  public static String ofProblems(Map<String, List<CodeProblem>> problems) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = root.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "wasm-spring-code");
    ArrayNode rules = driver.putArray("rules");
    codes(problems).forEach(code -> rules.addObject().put("id", code));
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    problems.forEach(
        (path, list) -> list.forEach(problem -> result(results.addObject(), path, problem)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
  }

  private static Set<String> codes(Map<String, List<CodeProblem>> problems) {
    Set<String> codes = new LinkedHashSet<>();
    problems.values().forEach(list -> list.forEach(problem -> codes.add(problem.code())));
    return codes;
  }

  private static void result(ObjectNode result, String path, CodeProblem problem) {
    result.put("ruleId", problem.code());
    result.put(
        "level",
        switch (problem.severity()) {
          case ERROR -> "error";
          case WARNING -> "warning";
          case INFO -> "note";
        });
    result.putObject("message").put("text", problem.message());
    ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
    artifact(place.putObject("artifactLocation"), path);
    ObjectNode region = place.putObject("region");
    region.put("startLine", problem.line()).put("startColumn", problem.column());
    offsets(region, problem.range());
    if (!problem.fixes().isEmpty()) {
      fix(result.putArray("fixes").addObject(), path, problem.fixes());
    }
  }

  private static void fix(ObjectNode fix, String path, List<CodeEdit> edits) {
    ObjectNode change = fix.putArray("artifactChanges").addObject();
    artifact(change.putObject("artifactLocation"), path);
    ArrayNode replacements = change.putArray("replacements");
    for (CodeEdit edit : edits) {
      ObjectNode replacement = replacements.addObject();
      offsets(replacement.putObject("deletedRegion"), edit.range());
      replacement.putObject("insertedContent").put("text", edit.replacement());
    }
  }

  private static void offsets(ObjectNode region, CodeRange range) {
    region.put("charOffset", range.start()).put("charLength", range.length());
  }

  /** A path as a URI: what URIs do not have is written in percent. */
  private static void artifact(ObjectNode location, String path) {
    StringBuilder uri = new StringBuilder();
    for (byte each : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char sign = (char) (each & 0xff);
      boolean plain =
          sign >= 'a' && sign <= 'z'
              || sign >= 'A' && sign <= 'Z'
              || sign >= '0' && sign <= '9'
              || "-._~/!$&'()*+,;=@".indexOf(sign) >= 0;
      uri.append(plain ? String.valueOf(sign) : "%%%02X".formatted((int) sign));
    }
    location.put("uri", uri.toString());
  }
}
