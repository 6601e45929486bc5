package io.github.wasmspring.autoconfigure.memory.ai;

import io.github.wasmspring.autoconfigure.memory.ai.StoredMessage.StoredMedia;
import io.github.wasmspring.autoconfigure.memory.ai.StoredMessage.ToolCall;
import io.github.wasmspring.autoconfigure.memory.ai.StoredMessage.ToolResponse;
import io.github.wasmspring.memory.StoredMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.ai.content.MediaContent;
import org.springframework.util.MimeType;

/** Messages of Spring AI as what JSON has, and back. */
final class ChatMessageJson {

  private ChatMessageJson() {}

  static List<StoredMessage> write(List<Message> messages) {
    return messages.stream().map(ChatMessageJson::write).toList();
  }

  private static StoredMessage write(Message message) {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    message
        .getMetadata()
        .forEach(
            (key, value) -> {
              // Every message puts that there by itself.
              if (!key.equals(AbstractMessage.MESSAGE_TYPE)) {
                metadata.put(key, plain(value));
              }
            });
    List<ToolCall> calls = new ArrayList<>();
    if (message instanceof AssistantMessage assistant) {
      assistant
          .getToolCalls()
          .forEach(
              call ->
                  calls.add(new ToolCall(call.id(), call.type(), call.name(), call.arguments())));
    }
    List<ToolResponse> responses = new ArrayList<>();
    if (message instanceof ToolResponseMessage tool) {
      tool.getResponses()
          .forEach(
              response ->
                  responses.add(
                      new ToolResponse(response.id(), response.name(), response.responseData())));
    }
    List<StoredMedia> media = new ArrayList<>();
    if (message instanceof MediaContent content) {
      content.getMedia().forEach(each -> media.add(write(each)));
    }
    return new StoredMessage(
        message.getMessageType(), message.getText(), metadata, calls, responses, media);
  }

  /** Models put objects of their own there, whose classes need not be there any more later. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    } else if (value instanceof Collection<?> collection) {
      List<@Nullable Object> all = new ArrayList<>();
      collection.forEach(each -> all.add(plain(each)));
      return all;
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((key, each) -> all.put(String.valueOf(key), plain(each)));
      return all;
    }
    return value.toString();
  }

  private static StoredMedia write(Media media) {
    Object data = media.getData();
    boolean inside = data instanceof byte[];
    return new StoredMedia(
        media.getId(),
        media.getName(),
        media.getMimeType().toString(),
        inside ? (byte[]) data : null,
        inside ? null : data.toString());
  }

  /**
   * @throws io.github.wasmspring.memory.AgentMemoryException if that is no conversation
   */
  static List<Message> read(StoredMemory memory) {
    List<Message> messages = new ArrayList<>();
    for (StoredMessage stored : memory.as(StoredMessage[].class)) {
      messages.add(read(stored));
    }
    return messages;
  }

  private static Message read(StoredMessage stored) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    stored
        .metadata()
        .forEach(
            (key, value) -> {
              if (value != null) {
                metadata.put(key, value);
              }
            });
    return switch (stored.type()) {
      case USER ->
          UserMessage.builder().text(text(stored)).metadata(metadata).media(media(stored)).build();
      case SYSTEM -> SystemMessage.builder().text(text(stored)).metadata(metadata).build();
      case ASSISTANT ->
          AssistantMessage.builder()
              .content(stored.text())
              .properties(metadata)
              .toolCalls(
                  stored.toolCalls().stream()
                      .map(
                          call ->
                              new AssistantMessage.ToolCall(
                                  call.id(), call.type(), call.name(), call.arguments()))
                      .toList())
              .media(media(stored))
              .build();
      case TOOL ->
          ToolResponseMessage.builder()
              .responses(
                  stored.toolResponses().stream()
                      .map(
                          response ->
                              new ToolResponseMessage.ToolResponse(
                                  response.id(), response.name(), response.data()))
                      .toList())
              .metadata(metadata)
              .build();
    };
  }

  private static String text(StoredMessage stored) {
    return Objects.requireNonNullElse(stored.text(), "");
  }

  private static List<Media> media(StoredMessage stored) {
    List<Media> media = new ArrayList<>();
    for (StoredMedia each : stored.media()) {
      Object data = each.bytes() == null ? each.uri() : each.bytes();
      Media.Builder builder =
          Media.builder()
              .mimeType(MimeType.valueOf(each.type()))
              .data(Objects.requireNonNull(data));
      if (each.id() != null) {
        builder.id(each.id());
      }
      if (each.name() != null) {
        builder.name(each.name());
      }
      media.add(builder.build());
    }
    return media;
  }
}
