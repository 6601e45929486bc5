package io.github.wasmspring.autoconfigure.memory.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wasmspring.autoconfigure.WasmAutoConfiguration;
import io.github.wasmspring.autoconfigure.memory.WasmAgentMemoryAutoConfiguration;
import io.github.wasmspring.memory.AgentMemory;
import io.github.wasmspring.memory.AgentMemoryException;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.memory.MemoryNamespace;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.memory.InMemoryChatMemoryRepository;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

class WasmChatMemoryRepositoryTest {

  private static final String PREFIX = "wasm.services.memory.";

  @TempDir Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  WasmAutoConfiguration.class,
                  WasmAgentMemoryAutoConfiguration.class,
                  WasmChatMemoryAutoConfiguration.class,
                  MemoryEmbeddingAutoConfiguration.class));

  private ApplicationContextRunner located() {
    return this.runner.withPropertyValues(
        PREFIX + "location=" + this.directory.resolve("memory.db"));
  }

  private static List<Message> conversation() {
    return List.of(
        new SystemMessage("You sell tea."),
        UserMessage.builder()
            .text("What is this? 🍵")
            .metadata(Map.of("user", "ann", "tries", 3, "tags", List.of("a", true)))
            .media(
                new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] {1, 2, 3})),
                new Media(MimeTypeUtils.IMAGE_JPEG, URI.create("https://example.org/tea.jpg")))
            .build(),
        AssistantMessage.builder()
            .content("")
            .toolCalls(
                List.of(new AssistantMessage.ToolCall("7", "function", "look", "{\"at\": 1}")))
            .build(),
        ToolResponseMessage.builder()
            .responses(List.of(new ToolResponseMessage.ToolResponse("7", "look", "a cup of tea")))
            .build(),
        new AssistantMessage("A cup of tea."));
  }

  @Test
  void aConversationComesBackAsItWas() {
    located()
        .run(context -> context.getBean(ChatMemoryRepository.class).saveAll("tea", conversation()));
    located()
        .run(
            context -> {
              List<Message> found =
                  context.getBean(ChatMemoryRepository.class).findByConversationId("tea");
              assertThat(found).hasSameSizeAs(conversation());
              for (int i = 0; i < found.size(); i++) {
                Message kept = found.get(i);
                Message given = conversation().get(i);
                assertThat(kept).hasSameClassAs(given);
                assertThat(kept.getText()).isEqualTo(given.getText());
                assertThat(kept.getMetadata()).isEqualTo(given.getMetadata());
              }
              List<Media> media = ((UserMessage) found.get(1)).getMedia();
              assertThat(media.get(0).getDataAsByteArray()).containsExactly(1, 2, 3);
              assertThat(media.get(0).getMimeType()).isEqualTo(MimeTypeUtils.IMAGE_PNG);
              assertThat(media.get(1).getData()).isEqualTo("https://example.org/tea.jpg");
              assertThat(found.get(2)).isEqualTo(conversation().get(2));
              assertThat(found.get(3)).isEqualTo(conversation().get(3));
            });
  }

  @Test
  void itDoesWhatTheOneInTheHeapDoes() {
    located()
        .run(
            context -> {
              ChatMemoryRepository ours = context.getBean(ChatMemoryRepository.class);
              for (ChatMemoryRepository each : List.of(ours, new InMemoryChatMemoryRepository())) {
                assertThat(each.findConversationIds()).isEmpty();
                assertThat(each.findByConversationId("a")).isEmpty();
                each.saveAll("a", List.of(new UserMessage("1"), new AssistantMessage("2")));
                each.saveAll("b", List.of(new UserMessage("3")));
                each.saveAll("a", List.of(new UserMessage("4")));
                assertThat(each.findConversationIds()).containsExactlyInAnyOrder("a", "b");
                assertThat(each.findByConversationId("a")).containsExactly(new UserMessage("4"));
                each.deleteByConversationId("a");
                each.deleteByConversationId("never");
                assertThat(each.findConversationIds()).containsExactly("b");
                each.saveAll("c", List.of());
                assertThat(each.findByConversationId("c")).isEmpty();
              }
            });
  }

  @Test
  void springAiKeepsItsWindowThere() {
    ChatMemory judge = remembering(new InMemoryChatMemoryRepository());
    located()
        .run(
            context -> {
              ChatMemory memory = remembering(context.getBean(ChatMemoryRepository.class));
              memory.add("tea", new SystemMessage("You sell tea."));
              judge.add("tea", new SystemMessage("You sell tea."));
              for (int turn = 0; turn < 5; turn++) {
                List<Message> said =
                    List.of(
                        UserMessage.builder()
                            .text("Which tea? " + turn)
                            .metadata(Map.of("turn", turn))
                            .build(),
                        new AssistantMessage("Green tea. " + turn));
                memory.add("tea", said);
                judge.add("tea", said);
                assertThat(memory.get("tea")).isEqualTo(judge.get("tea"));
              }
            });
    located()
        .run(
            context -> {
              ChatMemory memory = remembering(context.getBean(ChatMemoryRepository.class));
              assertThat(memory.get("tea")).isEqualTo(judge.get("tea")).isNotEmpty();
              memory.add("tea", new SystemMessage("You sell coffee."));
              judge.add("tea", new SystemMessage("You sell coffee."));
              assertThat(memory.get("tea")).isEqualTo(judge.get("tea"));
              memory.clear("tea");
              assertThat(memory.get("tea")).isEmpty();
            });
  }

  private static ChatMemory remembering(ChatMemoryRepository repository) {
    return MessageWindowChatMemory.builder()
        .chatMemoryRepository(repository)
        .maxMessages(4)
        .build();
  }

  @Test
  void metadataThatIsNoJsonIsText() {
    located()
        .run(
            context -> {
              ChatMemoryRepository repository = context.getBean(ChatMemoryRepository.class);
              LocalDate day = LocalDate.of(2026, 11, 30);
              repository.saveAll(
                  "a",
                  List.of(UserMessage.builder().text("x").metadata(Map.of("day", day)).build()));
              assertThat(repository.findByConversationId("a").get(0).getMetadata())
                  .containsEntry("day", "2026-11-30");
            });
  }

  @Test
  void whatIsNoConversationIsTold() {
    located()
        .withPropertyValues(PREFIX + "chat.namespace=talks")
        .run(
            context -> {
              MemoryNamespace talks = context.getBean(AgentMemory.class).namespace("talks");
              talks.put(MemoryEntry.text("a", "no conversation"));
              ChatMemoryRepository repository = context.getBean(ChatMemoryRepository.class);
              assertThat(failureOf(() -> repository.findByConversationId("a")))
                  .isInstanceOf(AgentMemoryException.class)
                  .hasMessageContaining("'talks'")
                  .hasMessageContaining("'a'");
            });
  }

  private static Throwable failureOf(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      return failure;
    }
    throw new AssertionError("That did not fail");
  }

  @Test
  void anotherRepositoryWins() {
    located()
        .withBean(ChatMemoryRepository.class, InMemoryChatMemoryRepository::new)
        .run(context -> assertThat(context).doesNotHaveBean(WasmChatMemoryRepository.class));
    located()
        .withPropertyValues(PREFIX + "chat.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(ChatMemoryRepository.class));
    this.runner.run(context -> assertThat(context).doesNotHaveBean(ChatMemoryRepository.class));
    located()
        .withClassLoader(new FilteredClassLoader(ChatMemoryRepository.class, EmbeddingModel.class))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(AgentMemory.class));
  }

  /** As Spring AI's own does: it looks for nothing but its own kind. */
  @AutoConfiguration
  static class AnotherRepositoryAutoConfiguration {

    @Bean
    InMemoryChatMemoryRepository anotherRepository() {
      return new InMemoryChatMemoryRepository();
    }
  }

  @Test
  void anotherRepositoryWinsThoughItComesLater() {
    located()
        .withConfiguration(AutoConfigurations.of(AnotherRepositoryAutoConfiguration.class))
        .run(
            context -> {
              assertThat(context.getBeanProvider(WasmChatMemoryRepository.class)).hasSize(1);
              assertThat(context.getBean(ChatMemoryRepository.class))
                  .isInstanceOf(InMemoryChatMemoryRepository.class);
            });
  }

  @Test
  void whatTheMemoryDoesNotTakeIsToldInItsWords() {
    located()
        .withPropertyValues(PREFIX + "max-value-size=100KB")
        .run(
            context -> {
              ChatMemoryRepository repository = context.getBean(ChatMemoryRepository.class);
              Media large =
                  new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[200_000]));
              List<Message> seen = List.of(UserMessage.builder().text("x").media(large).build());
              assertThat(failureOf(() -> repository.saveAll("a", seen)))
                  .isInstanceOf(AgentMemoryException.class)
                  .hasMessageContaining("wasm.services.memory.max-value-size");
              for (String id : List.of("", "a\nb", "x".repeat(513))) {
                assertThat(failureOf(() -> repository.saveAll(id, conversation())))
                    .isInstanceOf(AgentMemoryException.class)
                    .hasMessageContaining("512");
                assertThat(failureOf(() -> repository.findByConversationId(id)))
                    .isInstanceOf(AgentMemoryException.class);
                assertThat(failureOf(() -> repository.deleteByConversationId(id)))
                    .isInstanceOf(AgentMemoryException.class);
              }
            });
  }

  @Test
  void theEmbeddingModelMakesVectorsOfTexts() {
    located()
        .withBean(EmbeddingModel.class, LengthEmbeddingModel::new)
        .withPropertyValues(PREFIX + "namespaces.notes.embedded=true")
        .run(
            context -> {
              MemoryNamespace notes = context.getBean(AgentMemory.class).namespace("notes");
              notes.put(MemoryEntry.text("short", "x"));
              notes.put(MemoryEntry.text("long", "xxxxxxxxxx"));
              assertThat(notes.similar("xxxxxxxxx", 1, 0).get(0).memory().key()).isEqualTo("long");
            });
  }

  /** Texts of about the same length are near to each other. */
  private static final class LengthEmbeddingModel implements EmbeddingModel {

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
      return new EmbeddingResponse(
          request.getInstructions().stream()
              .map(text -> new Embedding(new float[] {1, text.length()}, 0))
              .toList());
    }

    @Override
    public float[] embed(Document document) {
      return new float[] {1, 0};
    }
  }
}
