package io.github.wasmspring.autoconfigure.memory.ai;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.MessageType;

/**
 * A message as it is kept, in JSON.
 *
 * @param metadata what JSON has: texts, numbers, booleans, lists and maps; all else is text
 * @param toolCalls of messages of an assistant
 * @param toolResponses of messages of tools
 * @param media of messages of users and assistants
 */
record StoredMessage(
    MessageType type,
    @Nullable String text,
    Map<String, @Nullable Object> metadata,
    List<ToolCall> toolCalls,
    List<ToolResponse> toolResponses,
    List<StoredMedia> media) {

  record ToolCall(String id, String type, String name, String arguments) {}

  record ToolResponse(String id, String name, String data) {}

  /**
   * @param bytes {@code null} if it is somewhere else
   * @param uri where it is
   */
  record StoredMedia(
      @Nullable String id,
      @Nullable String name,
      String type,
      byte @Nullable [] bytes,
      @Nullable String uri) {}
}
