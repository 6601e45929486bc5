package io.github.wasmspring.autoconfigure.memory.ai;

import io.github.wasmspring.memory.AgentMemoryException;
import io.github.wasmspring.memory.MemoryEntry;
import io.github.wasmspring.memory.MemoryNamespace;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.ai.chat.memory.ChatMemoryRepository;
import org.springframework.ai.chat.messages.Message;

/**
 * Keeps the conversations of Spring AI in a namespace of an agent memory, each as one entry whose
 * key is the id of the conversation. So a conversation is saved as a whole or not at all, and its
 * time to live begins anew with each message.
 */
public final class WasmChatMemoryRepository implements ChatMemoryRepository {

  private final MemoryNamespace namespace;

  /**
   * @param namespace that has nothing but conversations
   */
  public WasmChatMemoryRepository(MemoryNamespace namespace) {
    this.namespace = namespace;
  }

  @Override
  public List<String> findConversationIds() {
    return this.namespace.keys("");
  }

  /**
   * @return empty if there is none
   * @throws AgentMemoryException if it can't be read
   */
  @Override
  public List<Message> findByConversationId(String conversationId) {
    return told(
        "read",
        conversationId,
        () -> this.namespace.get(conversationId).map(ChatMessageJson::read).orElseGet(List::of));
  }

  /**
   * @throws AgentMemoryException if they can't be kept; those that were kept before still are
   */
  @Override
  public void saveAll(String conversationId, List<Message> messages) {
    told(
        "keep",
        conversationId,
        () ->
            this.namespace.put(
                MemoryEntry.object(conversationId, ChatMessageJson.write(messages))));
  }

  @Override
  public void deleteByConversationId(String conversationId) {
    told("delete", conversationId, () -> this.namespace.remove(conversationId));
  }

  /** What can't be a key or a value of the memory is no mistake of whoever talks. */
  private <T> T told(String verb, String conversationId, Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException refused) {
      throw new AgentMemoryException(
          "The chat memory in namespace '%s' can't %s a conversation whose id has %d characters: %s. Ids have 1 to 512 characters, none of them a control character; how large a conversation may be, media and all, is wasm.services.memory.max-value-size"
              .formatted(
                  this.namespace.name(), verb, conversationId.length(), refused.getMessage()),
          refused);
    }
  }
}
