package io.github.wasmspring.autoconfigure.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.code.WasmCodeExecutorAutoConfiguration;
import io.github.wasmspring.code.CodeExecutor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

/** A model runs code that it has written. */
class ExecuteJavaScriptToolTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmCodeExecutorAutoConfiguration.class,
                  WasmAiToolsAutoConfiguration.class))
          .withPropertyValues("wasm.ai.tools.execute-code=true", "wasm.ai.tools.timeout=20s");

  private static String arguments(String code, Object input) {
    return JsonMapper.shared().writeValueAsString(Map.of("code", code, "input", input));
  }

  @Test
  void codeRunsAndItsErrorsAreTold() {
    this.runner.run(
        context -> {
          ToolCallback tool = context.getBean(ToolCallbackProvider.class).getToolCallbacks()[0];
          assertThat(tool.getToolDefinition().name()).isEqualTo("execute_javascript");
          assertThat(
                  tool.call(
                      arguments(
                          "console.log('seen', input.length); input.map(x => x * 2)",
                          new int[] {1, 2})))
              .isEqualTo("{\"result\":[2,4],\"console\":[\"seen 2\"]}");
          assertThat(tool.call("{\"code\":\"typeof input\"}")).contains("result");
          assertThat(tool.call(arguments("globalThis.kept = 1", 0))).isEqualTo("{\"result\":1}");
          assertThat(tool.call(arguments("typeof kept", 0)))
              .isEqualTo("{\"result\":\"undefined\"}");
          assertThatThrownBy(() -> tool.call(arguments("null.x", 0)))
              .isInstanceOf(ToolExecutionException.class)
              .hasMessageContaining("TypeError");
          assertThatThrownBy(() -> tool.call(arguments("let = ;", 0)))
              .isInstanceOf(ToolExecutionException.class);
        });
  }

  @Test
  void codeThatDoesNotEndIsStopped() {
    this.runner
        .withPropertyValues("wasm.ai.tools.timeout=300ms")
        .run(
            context -> {
              ToolCallback tool = context.getBean(ToolCallbackProvider.class).getToolCallbacks()[0];
              assertThatThrownBy(() -> tool.call(arguments("for (;;) {}", 0)))
                  .isInstanceOf(ToolExecutionException.class);
            });
  }

  @Test
  void aModelRunsWhatItHasWritten() {
    this.runner.run(
        context -> {
          ScriptedChatModel model =
              new ScriptedChatModel(
                  ScriptedChatModel.tool("execute_javascript", arguments("6 * input", 7)));
          assertThat(
                  ChatClient.builder(model)
                      .defaultTools(context.getBean(ToolCallbackProvider.class))
                      .build()
                      .prompt("How much is it?")
                      .call()
                      .content())
              .contains("42");
        });
  }

  @Test
  void itIsNotOfferedUnlessItIsAskedFor() {
    this.runner
        .withPropertyValues("wasm.ai.tools.execute-code=false")
        .run(
            context ->
                assertThat(context.getBean(ToolCallbackProvider.class).getToolCallbacks())
                    .isEmpty());
    this.runner
        .withClassLoader(new FilteredClassLoader(CodeExecutor.class))
        .run(
            context ->
                assertThat(context.getBean(ToolCallbackProvider.class).getToolCallbacks())
                    .isEmpty());
  }
}
