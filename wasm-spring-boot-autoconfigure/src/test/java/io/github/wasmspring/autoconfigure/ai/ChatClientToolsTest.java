package io.github.wasmspring.autoconfigure.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.code.WasmCodeFormatAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A model calls operations of modules through Spring AI. */
class ChatClientToolsTest {

  @Test
  void aModelCallsWhatTheApplicationNames() {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                WasmAutoConfiguration.class,
                WasmCodeFormatAutoConfiguration.class,
                WasmAiToolsAutoConfiguration.class))
        .withPropertyValues(
            "wasm.ai.tools.format-code=true",
            "wasm.ai.tools.operations.check_json.module=json",
            "wasm.ai.tools.operations.check_json.operation=query")
        .run(
            context -> {
              ScriptedChatModel model =
                  new ScriptedChatModel(
                      ScriptedChatModel.tool(
                          "format_code", "{\"text\":\"let a = ;\",\"language\":\"JAVASCRIPT\"}"),
                      ScriptedChatModel.tool(
                          "format_code", "{\"text\":\"let  a=1\",\"language\":\"JAVASCRIPT\"}"),
                      ScriptedChatModel.tool(
                          "check_json", "{\"json\":\"{\\\"a\\\":[7]}\",\"pointer\":\"/b\"}"),
                      ScriptedChatModel.tool(
                          "check_json", "{\"json\":\"{\\\"a\\\":[7]}\",\"pointer\":\"/a/0\"}"));
              ChatClient client =
                  ChatClient.builder(model)
                      .defaultTools(context.getBean(ToolCallbackProvider.class))
                      .build();
              String answer = client.prompt("Format and look").call().content();
              assertThat(model.offered).containsExactlyInAnyOrder("format_code", "check_json");
              assertThat(model.answers)
                  .satisfiesExactly(
                      first ->
                          assertThat(first).contains("1:9 error: Expression expected [syntax]"),
                      second -> assertThat(second).contains("let a = 1;"),
                      third -> assertThat(third).contains("The tool refused this"),
                      fourth -> assertThat(fourth).contains("7"));
              assertThat(answer).endsWith("/ 7");
            });
  }
}
