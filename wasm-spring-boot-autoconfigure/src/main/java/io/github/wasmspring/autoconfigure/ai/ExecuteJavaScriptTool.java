package io.github.wasmspring.autoconfigure.ai;

import io.github.wasmspring.code.CodeConsoleLine;
import io.github.wasmspring.code.CodeException;
import io.github.wasmspring.code.CodeExecutor;
import io.github.wasmspring.code.CodeProblem;
import io.github.wasmspring.code.CodeResult;
import io.github.wasmspring.code.CodeScript;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a model run JavaScript that it has written, in the sandbox of a {@link CodeExecutor} and
 * within its limits: nothing but the input goes in, nothing but the result and the console comes
 * out.
 */
public record ExecuteJavaScriptTool(CodeExecutor executor) implements WasmTool {

  @Override
  public String name() {
    return "execute_javascript";
  }

  @Override
  public String description() {
    return "Runs a script of JavaScript without network, files and timers, and answers with the value of its last expression and what it wrote to the console";
  }

  @Override
  public List<WasmToolParameter> parameters() {
    return List.of(
        new WasmToolParameter("code", String.class, "The script; await may be used", true),
        new WasmToolParameter(
            "input", Object.class, "Any JSON, which the script has as the variable input", false));
  }

  @Override
  public Object call(Map<String, Object> arguments, WasmToolRequest request) {
    String code = (String) Objects.requireNonNull(arguments.get("code"));
    CodeScript script = this.executor.javascript(code).argument("input", arguments.get("input"));
    if (request.timeout() != null) {
      script.timeout(request.timeout());
    }
    if (request.tenant() != null) {
      script.tenant(request.tenant());
    }
    try {
      return answer(script.run());
    } catch (CodeException failure) {
      throw new WasmToolException(said(failure), failure);
    }
  }

  private static Map<String, @Nullable Object> answer(CodeResult result) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    byte[] bytes = result.bytes();
    String json = result.json();
    if (bytes != null) {
      answer.put("base64", Base64.getEncoder().encodeToString(bytes));
    } else {
      answer.put("result", json == null ? null : JsonMapper.shared().readTree(json));
    }
    if (!result.console().isEmpty()) {
      answer.put("console", result.console().stream().map(CodeConsoleLine::text).toList());
    }
    return answer;
  }

  private static String said(CodeException failure) {
    String problems =
        failure.problems().stream().map(CodeProblem::toString).collect(Collectors.joining("\n"));
    return problems.isEmpty() ? String.valueOf(failure.getMessage()) : problems;
  }
}
