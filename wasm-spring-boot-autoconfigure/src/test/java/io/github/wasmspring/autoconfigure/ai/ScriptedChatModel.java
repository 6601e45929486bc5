package io.github.wasmspring.autoconfigure.ai;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

/** A model that calls one tool after the other, and says in the end what they answered. */
final class ScriptedChatModel implements ChatModel {

  private final List<ToolCall> script;
  final List<String> offered = new ArrayList<>();
  final List<String> answers = new ArrayList<>();
  private int next;

  ScriptedChatModel(ToolCall... script) {
    this.script = List.of(script);
  }

  static ToolCall tool(String name, String arguments) {
    return new ToolCall("call-" + name, "function", name, arguments);
  }

  @Override
  public ChatOptions getOptions() {
    return ToolCallingChatOptions.builder().build();
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    if (prompt.getOptions() instanceof ToolCallingChatOptions options) {
      this.offered.clear();
      for (ToolCallback tool : options.getToolCallbacks()) {
        this.offered.add(tool.getToolDefinition().name());
      }
    }
    if (!prompt.getInstructions().isEmpty()
        && prompt.getInstructions().get(prompt.getInstructions().size() - 1)
            instanceof ToolResponseMessage response) {
      response.getResponses().forEach(each -> this.answers.add(each.responseData()));
    }
    AssistantMessage message =
        this.next < this.script.size()
            ? AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(this.script.get(this.next++)))
                .build()
            : new AssistantMessage(String.join(" / ", this.answers));
    return new ChatResponse(List.of(new Generation(message)));
  }
}
