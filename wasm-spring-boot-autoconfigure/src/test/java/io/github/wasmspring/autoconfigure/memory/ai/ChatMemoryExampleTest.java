package io.github.wasmspring.autoconfigure.memory.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the documentation shows. */
class ChatMemoryExampleTest {

  private static List<Message> talk(ChatMemoryRepository repository) {
    ChatMemory chat =
        MessageWindowChatMemory.builder().chatMemoryRepository(repository).maxMessages(20).build();
    chat.add("customer-42", new UserMessage("Which tea has no caffeine?"));
    chat.add("customer-42", new AssistantMessage("Rooibos has none."));
    List<Message> messages = chat.get("customer-42");
    return messages;
  }

  @Test
  void theExampleOfThePage(@TempDir Path directory) {
    new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                WasmAutoConfiguration.class,
                WasmAgentMemoryAutoConfiguration.class,
                WasmChatMemoryAutoConfiguration.class))
        .withPropertyValues("wasm.services.memory.location=" + directory.resolve("agents.db"))
        .run(context -> assertThat(talk(context.getBean(ChatMemoryRepository.class))).hasSize(2));
  }
}
