package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.code.CodeException;
import io.github.wasmspring.code.CodeFormatter;
import io.github.wasmspring.code.CodeLanguage;
import io.github.wasmspring.code.CodeProblem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Lets a model format the code that it writes, and learn where it is wrong. */
public record CodeFormatTool(CodeFormatter formatter) implements WasmTool {

  @Override
  public String name() {
    return "format_code";
  }

  @Override
  public String description() {
    return "Formats a whole file of JavaScript, TypeScript, JSON or Markdown, and says where it has errors of syntax";
  }

  @Override
  public List<WasmToolParameter> parameters() {
    return List.of(
        new WasmToolParameter("text", String.class, "The whole file", true),
        new WasmToolParameter("language", CodeLanguage.class, "What it is written in", true));
  }

  @Override
  public Object call(Map<String, Object> arguments, WasmToolRequest request) {
    try {
      return this.formatter.format(
          (String) Objects.requireNonNull(arguments.get("text")),
          (CodeLanguage) Objects.requireNonNull(arguments.get("language")));
    } catch (CodeException refusal) {
      String problems =
          refusal.problems().stream().map(CodeProblem::toString).collect(Collectors.joining("\n"));
      throw new WasmToolException(
          problems.isEmpty() ? String.valueOf(refusal.getMessage()) : problems, refusal);
    }
  }
}
